//! HTML that cannot hold unescaped input: elements are values, every text and attribute is escaped when written,
//! and there is no way to put markup in as text.

/// An element. Tag and attribute names are fixed in the code; everything else is escaped.
#[derive(Debug, Clone)]
pub(super) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, Option<String>)>,
    children: Vec<Node>,
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Text(String),
}

/// An empty element.
pub(super) const fn el(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub(super) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, Some(value.into())));
        self
    }

    /// With an attribute that has no value, such as `required`.
    #[must_use]
    pub(super) fn flag(mut self, name: &'static str) -> Self {
        self.attributes.push((name, None));
        self
    }

    /// With a class.
    #[must_use]
    pub(super) fn class(self, value: &'static str) -> Self {
        self.attr("class", value)
    }

    /// With a text inside.
    #[must_use]
    pub(super) fn text(mut self, value: impl Into<String>) -> Self {
        self.children.push(Node::Text(value.into()));
        self
    }

    /// With an element inside.
    #[must_use]
    pub(super) fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With any number of elements inside.
    #[must_use]
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The whole document with this element as its root.
    pub(super) fn document(&self) -> String {
        let mut out = String::from("<!DOCTYPE html>\n");
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            if let Some(value) = value {
                out.push_str("=\"");
                escape(value, out);
                out.push('"');
            }
        }
        out.push('>');
        if matches!(self.tag, "input" | "link" | "meta") {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, out),
            }
        }
        out.push_str("</");
        out.push_str(self.tag);
        out.push('>');
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let page = el("p").attr("title", "\"><script>").text("<b>&'").document();
        assert_eq!(page, "<!DOCTYPE html>\n<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;</p>");
    }

    #[test]
    fn void_elements_have_no_end_tag() {
        let form = el("form").child(el("input").flag("required")).child(el("i"));
        assert!(form.document().ends_with("<form><input required><i></i></form>"));
    }
}
