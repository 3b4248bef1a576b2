//! When to stop: Ctrl-C, or the polite signal of a service manager.

/// Resolves when somebody asks this process to end.
pub async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    tokio::select! {
        result = interrupted => {
            if result.is_err() {
                // Without a way to hear it, Ctrl-C ends the process by itself.
                std::future::pending::<()>().await;
            }
        }
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
