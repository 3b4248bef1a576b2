//! The proxies in front whose word about the caller counts, and who the caller then is.
//!
//! Whoever reaches the socket can write what they like into `X-Forwarded-For`; only what a trusted proxy has added is
//! known to be true. So the header is read from the right, and only as far as the hops are trusted.

use http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

const HEADER: &str = "x-forwarded-for";
/// Every address is compared as IPv6: an IPv4 one stands behind `::ffff:`.
const BITS: u8 = 128;
const IPV4_BEGINS: u8 = 96;

/// The trusted addresses and networks. By default nobody is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Network>);

impl Proxies {
    /// Reads a list such as `127.0.0.1,10.0.0.0/8,::1`. `None` when anything in it is no address and no network.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',').map(|item| Network::parse(item.trim())).collect::<Option<_>>().map(Self)
    }

    /// Who asks: `peer`, or what trusted hops say about the one before them. An entry that is no address ends the way:
    /// then the hop that passed it on is the caller.
    #[must_use]
    pub fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer;
        let lines = headers.get_all(HEADER).into_iter().rev();
        for entry in lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')) {
            if !self.trusts(caller) {
                break;
            }
            let Some(before) = read_entry(entry.trim()) else { break };
            caller = before;
        }
        caller
    }

    /// Whether this address is one of them.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

/// Some proxies add the port: `203.0.113.9:4711`, `[2001:db8::1]:4711`.
fn read_entry(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

/// One address, or all that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    beginning: u128,
    length: u8,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(read_length(length)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let before = if address.is_ipv4() { IPV4_BEGINS } else { 0 };
        let length = length.map_or(Some(BITS), |length| length.checked_add(before))?;
        (length <= BITS).then_some(Self { beginning: bits(address), length })
    }

    fn contains(&self, address: IpAddr) -> bool {
        // What is left of the difference in front of the bits that may be anything.
        (self.beginning ^ bits(address)).checked_shr(u32::from(BITS - self.length)).unwrap_or(0) == 0
    }
}

fn read_length(text: &str) -> Option<u8> {
    // `+8` would be a number for the parser.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    /// The caller as `peer` tells it to a shop that trusts `list`.
    fn caller(list: &str, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(HEADER, HeaderValue::from_str(line).unwrap());
        }
        Proxies::parse(list).unwrap().caller(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_peer_that_is_not_in_the_list_is_the_caller_whatever_it_says() {
        for list in ["10.0.0.1", "10.0.0.0/8,::1", "192.0.2.0/25"] {
            assert_eq!(caller(list, "192.0.2.128", &["203.0.113.9"]), "192.0.2.128", "{list}");
        }
        let nobody = Proxies::default();
        let headers =
            HeaderMap::from_iter([(http::HeaderName::from_static(HEADER), HeaderValue::from_static("::1"))]);
        let peer = IpAddr::from([127, 0, 0, 1]);
        assert_eq!(nobody.caller(peer, &headers), peer);
    }

    #[test]
    fn a_trusted_peer_is_believed_by_address_and_by_network_in_both_families() {
        for (list, peer) in [
            ("192.0.2.7", "192.0.2.7"),
            ("127.0.0.1, 192.0.2.0/24", "192.0.2.7"),
            ("192.0.2.6/31", "192.0.2.7"),
            ("0.0.0.0/0", "192.0.2.7"),
            ("192.0.2.7", "::ffff:192.0.2.7"),
            ("::ffff:192.0.2.0/120", "192.0.2.7"),
            ("2001:db8::/32", "2001:db8:1::7"),
            ("::1", "::1"),
        ] {
            assert_eq!(caller(list, peer, &["203.0.113.9"]), "203.0.113.9", "{list} {peer}");
        }
        assert_eq!(caller("192.0.2.0/25", "2001:db8::1", &["203.0.113.9"]), "2001:db8::1");
    }

    #[test]
    fn several_trusted_hops_are_passed_and_what_the_caller_wrote_itself_is_not_read() {
        let list = "10.0.0.0/8,::1";
        let spoofed = "198.51.100.1, 10.9.9.9, 203.0.113.9, 10.0.0.3, 10.0.0.2";
        assert_eq!(caller(list, "10.0.0.1", &[spoofed]), "203.0.113.9");
        assert_eq!(
            caller(list, "::1", &["198.51.100.1", "203.0.113.9,10.0.0.2"]),
            "203.0.113.9",
            "several lines"
        );
        assert_eq!(
            caller(list, "10.0.0.1", &["10.0.0.3, 10.0.0.2"]),
            "10.0.0.3",
            "a caller of our own network"
        );
        assert_eq!(caller(list, "10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_entry_that_is_no_address_leaves_the_hop_that_passed_it_on() {
        for rubbish in ["", "unknown", "_hidden", "203.0.113.9, ", "203.0.113.9, 300.1.1.1", "a:b:c", "[::1"]
        {
            assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &[rubbish]), "10.0.0.1", "{rubbish:?}");
        }
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &["203.0.113.9, x, 10.0.0.2"]), "10.0.0.2");
    }

    #[test]
    fn a_port_beside_the_address_is_left_out() {
        for (entry, address) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
        ] {
            assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &[entry]), address);
        }
    }

    #[test]
    fn rubbish_in_the_list_is_no_list() {
        for rubbish in [
            "",
            ",",
            "127.0.0.1,",
            "true",
            "localhost",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/-1",
            "10.0.0.0/8/8",
            "::/129",
            "10.0.0",
            "10.0.0.1:80",
            "127.0.0.1 ::1",
            "*",
        ] {
            assert_eq!(Proxies::parse(rubbish), None, "{rubbish:?}");
        }
    }
}
