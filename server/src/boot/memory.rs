//! What the process asks of the system's memory, before it does anything else.

/// Has memory come in pages of 4 kB, here and in the processes that this one starts. The allocator would ask Linux for pages
/// of 2 MB, of which a shop of this size fills a fraction: it takes half as much memory without them, and a few hundredths
/// of its speed. A system that refuses gives what it likes.
pub fn in_small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn large_pages_are_off_once_it_was_asked_for() {
        super::in_small_pages();
        assert!(rustix::thread::transparent_huge_pages_are_disabled().unwrap());
    }
}
