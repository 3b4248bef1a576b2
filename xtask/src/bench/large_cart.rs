//! A cart that holds as many lines as a cart can, of a generated catalogue; and a change of one of them.

use super::visitor::{Answer, Visitor};
use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// As many different articles as one cart holds.
const LINES: usize = 500;
/// As many as one list holds.
const LIST: u32 = 100;
/// Lists after which a catalogue is given up as too small.
const LISTS: u32 = 10;

/// The first article of a generated product.
fn sku(number: u32) -> String {
    format!("G{number:07}-0")
}

/// Adds articles until the cart is full, and chooses the line that is to be changed.
pub(super) async fn fill(visitor: &mut Visitor) -> Result<()> {
    visitor.become_a_stranger();
    for list in 0..LISTS {
        let items: Vec<String> = (list * LIST..(list + 1) * LIST).map(sku).collect();
        let answer = visitor.post("/api/cart/add-many", format!("items={}", items.join(","))).await?;
        let lines = lines(&json(&answer)?, "/cart/lines");
        if lines.len() == LINES {
            let plenty = lines.iter().find(|line| number(line, "available") > 2);
            let sku = plenty.and_then(|line| line.get("sku")?.as_str());
            sku.context("no line has three units in stock")?.clone_into(&mut visitor.sku);
            return Ok(());
        }
    }
    anyhow::bail!("the catalogue does not fill a cart of {LINES} lines")
}

/// Sets the line to two units, then to three, and so on in turn.
pub(super) async fn update(visitor: &mut Visitor) -> Result<()> {
    let units = 2 + visitor.next_turn() % 2;
    let answer =
        visitor.post("/api/cart/update", format!("variant_sku={}&quantity={units}", visitor.sku)).await?;
    let found = lines(&json(&answer)?, "/lines").len();
    ensure!(answer.status == 200 && found == LINES, "{} with {found} lines", answer.status);
    Ok(())
}

fn json(answer: &Answer) -> Result<Value> {
    serde_json::from_slice(&answer.body).with_context(|| format!("no JSON, status {}", answer.status))
}

fn lines(answer: &Value, path: &str) -> Vec<Value> {
    answer.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn number(line: &Value, field: &str) -> i64 {
    line.get(field).and_then(Value::as_i64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_called_as_the_generator_calls_them() {
        assert_eq!((sku(0).as_str(), sku(499).as_str()), ("G0000000-0", "G0000499-0"));
    }

    #[test]
    fn lines_are_found_where_the_answer_has_them() {
        let answer = serde_json::json!({ "cart": { "lines": [{ "sku": "A", "available": 3 }] } });
        let found = lines(&answer, "/cart/lines");
        assert_eq!((found.len(), number(&found[0], "available"), number(&found[0], "absent")), (1, 3, 0));
        assert!(lines(&answer, "/lines").is_empty());
    }
}
