//! Form fields: label, control, hint and error, wired together for assistive technology.
//!
//! The error's paragraph is always in the page (hidden while the field is right), so `aria-describedby`
//! never points to nothing and an island only has to write a text into it.

use leptos::prelude::*;

/// What a field is typed or chosen with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Control {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A code of digits (postcode): the keyboard of digits on a phone.
    Digits,
    /// A code of letters and digits: capitals on a phone.
    Code,
    /// Several lines.
    Area,
    /// A line of text with these suggestions.
    Listed(Vec<String>),
    /// One of `(value, label)`.
    Select(Vec<(&'static str, &'static str)>),
}

impl Control {
    /// `type` of the input.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            _ => "text",
        }
    }

    /// `inputmode` of the input.
    const fn keyboard(&self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Phone => Some("tel"),
            Self::Digits => Some("numeric"),
            _ => None,
        }
    }

    /// `autocapitalize` of the input.
    const fn capitals(&self) -> Option<&'static str> {
        match self {
            Self::Email => Some("none"),
            Self::Code => Some("characters"),
            _ => None,
        }
    }
}

/// What a field is, apart from what was typed.
#[derive(Debug, Clone, Default)]
pub struct FieldSpec {
    /// Name in the form.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// A sentence of help below the label.
    pub hint: Option<&'static str>,
    /// Marked and announced as required.
    pub is_required: bool,
    /// Autofill token.
    pub autocomplete: &'static str,
    /// What it is typed with.
    pub control: Control,
}

/// Id of the control of a field.
#[must_use]
pub fn control_id(name: &str) -> String {
    ["field-", name].concat()
}

/// Id of the error of a field.
#[must_use]
pub fn error_id(name: &str) -> String {
    ["field-", name, "-error"].concat()
}

/// Id of the hint of a field.
#[must_use]
pub fn hint_id(name: &str) -> String {
    ["field-", name, "-hint"].concat()
}

/// Id of the suggestions of a field.
#[must_use]
pub fn list_id(name: &str) -> String {
    ["list-", name].concat()
}

/// What was typed, for the inside of a text area: leptos writes that as it is, and `</textarea>` would end it.
fn escaped(typed: &str) -> String {
    typed.replace('&', "&amp;").replace('<', "&lt;")
}

/// A field of a form.
#[component]
pub fn Field(
    /// What it is.
    spec: FieldSpec,
    /// What was typed.
    #[prop(into)]
    value: String,
    /// What is wrong with it.
    #[prop(into)]
    error: Option<String>,
) -> impl IntoView {
    let name = spec.name;
    let has_error = error.is_some();
    let hint = spec.hint.map(|hint| {
        view! {
            <p class="field-hint" id=hint_id(name)>
                {hint}
            </p>
        }
    });
    view! {
        <div class=format!("field field-{name}")>
            <label class="field-label" for=control_id(name)>
                {spec.label}
            </label>
            {hint}
            <p class="field-error" id=error_id(name) hidden={!has_error}>
                {error.unwrap_or_default()}
            </p>
            <ControlView spec value is_invalid=has_error />
        </div>
    }
}

/// The control itself.
#[component]
fn ControlView(spec: FieldSpec, value: String, is_invalid: bool) -> impl IntoView {
    let FieldSpec { name, control, is_required, autocomplete, .. } = spec;
    let described = spec.hint.map(|_| hint_id(name)).into_iter().chain([error_id(name)]);
    let described = described.collect::<Vec<_>>().join(" ");
    let invalid = is_invalid.then_some("true");
    match control {
        Control::Select(options) => view! {
            <select
                class="field-control"
                id=control_id(name)
                name=name
                required=is_required
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=invalid
            >
                {options.into_iter().map(|choice| option(choice, &value)).collect_view()}
            </select>
        }
        .into_any(),
        Control::Area => view! {
            <textarea
                class="field-control"
                id=control_id(name)
                name=name
                rows="2"
                required=is_required
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=invalid
            >
                {escaped(&value)}
            </textarea>
        }
        .into_any(),
        line => view! {
            {list(name, &line)}
            <input
                class="field-control"
                id=control_id(name)
                name=name
                type=line.kind()
                value=value
                required=is_required
                inputmode=line.keyboard()
                autocapitalize=line.capitals()
                list=matches!(line, Control::Listed(_)).then(|| list_id(name))
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    }
}

/// Suggestions of a line of text. Its own script fills them anew when what they depend on changes.
fn list(name: &str, control: &Control) -> Option<impl IntoView + use<>> {
    let Control::Listed(values) = control else { return None };
    let options: Vec<_> =
        values.iter().map(|value| view! { <option value=value.clone()></option> }).collect();
    Some(view! { <datalist id=list_id(name)>{options}</datalist> })
}

fn option((value, label): (&'static str, &'static str), chosen: &str) -> impl IntoView + use<> {
    view! {
        <option value=value selected={value == chosen}>
            {label}
        </option>
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;

    fn spec(control: Control) -> FieldSpec {
        FieldSpec {
            name: "email",
            label: "E-mail",
            hint: Some("Where the confirmation goes"),
            is_required: true,
            autocomplete: "email",
            control,
        }
    }

    #[test]
    fn a_wrong_field_says_so_to_eyes_and_ears() {
        let html =
            view! { <Field spec=spec(Control::Email) value="x\"y" error=Some("Not an address".to_owned()) /> }.to_html();
        for part in [
            r#"for="field-email""#,
            r#"aria-describedby="field-email-hint field-email-error""#,
            r#"aria-invalid="true""#,
            r#"type="email""#,
            r#"autocomplete="email""#,
            "Not an address",
            "x&quot;y",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_right_field_keeps_its_error_hidden() {
        let html = view! { <Field spec=spec(Control::Text) value="" error=None /> }.to_html();
        assert!(!html.contains("aria-invalid"), "{html}");
        assert!(html.contains(r#"id="field-email-error" hidden"#), "{html}");
    }

    #[test]
    fn the_chosen_option_is_selected_and_only_that() {
        let control = Control::Select(vec![("CN", "China"), ("US", "United States")]);
        let html = view! { <Field spec=spec(control) value="US" error=None /> }.to_html();
        assert_eq!(html.matches("selected").count(), 1, "{html}");
        assert!(html.contains(r#"value="US" selected"#), "{html}");
    }

    #[test]
    fn what_was_typed_into_several_lines_cannot_end_them() {
        let spec = FieldSpec { name: "note", control: Control::Area, ..FieldSpec::default() };
        let html = view! { <Field spec value="1 < 2 &lt; </textarea><script>" error=None /> }.to_html();
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("1 &lt; 2 &amp;lt; &lt;/textarea>&lt;script>"), "{html}");
    }
}
