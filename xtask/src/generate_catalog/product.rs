//! One made-up product: what it is made of, what it is, who made it, in which colours and sizes.

use super::PICTURES;
use super::draw::Draw;
use serde_json::{Map, Value, json};

/// Chinese, English.
type Words = (&'static str, &'static str);

const MANNERS: [Words; 24] = [
    ("手作", "Handmade"),
    ("素色", "Plain"),
    ("旧时", "Vintage"),
    ("山居", "Mountain"),
    ("晨光", "Morning"),
    ("圆口", "Round"),
    ("方角", "Square"),
    ("轻量", "Light"),
    ("厚底", "Heavy"),
    ("细纹", "Fine-Lined"),
    ("折叠", "Folding"),
    ("便携", "Travel"),
    ("极简", "Minimal"),
    ("日常", "Everyday"),
    ("静音", "Quiet"),
    ("暖光", "Warm"),
    ("水波", "Rippled"),
    ("竖棱", "Fluted"),
    ("磨砂", "Frosted"),
    ("大号", "Large"),
    ("迷你", "Mini"),
    ("双层", "Double-Wall"),
    ("叠放", "Stacking"),
    ("冬日", "Winter"),
];

const MATERIALS: [Words; 24] = [
    ("青瓷", "Celadon"),
    ("粗陶", "Stoneware"),
    ("骨瓷", "Bone China"),
    ("玻璃", "Glass"),
    ("黄铜", "Brass"),
    ("铸铁", "Cast-Iron"),
    ("不锈钢", "Steel"),
    ("胡桃木", "Walnut"),
    ("橡木", "Oak"),
    ("榉木", "Beech"),
    ("竹", "Bamboo"),
    ("亚麻", "Linen"),
    ("羊毛", "Wool"),
    ("棉布", "Cotton"),
    ("皮革", "Leather"),
    ("藤编", "Rattan"),
    ("搪瓷", "Enamel"),
    ("紫砂", "Yixing Clay"),
    ("银", "Silver"),
    ("锡", "Tin"),
    ("纸", "Paper"),
    ("大理石", "Marble"),
    ("软木", "Cork"),
    ("硅胶", "Silicone"),
];

const THINGS: [Words; 60] = [
    ("茶壶", "Teapot"),
    ("盖碗", "Gaiwan"),
    ("茶杯", "Teacup"),
    ("马克杯", "Mug"),
    ("茶罐", "Tea Caddy"),
    ("手冲壶", "Kettle"),
    ("公道杯", "Pitcher"),
    ("茶盘", "Tea Tray"),
    ("碗", "Bowl"),
    ("盘子", "Plate"),
    ("筷子", "Chopsticks"),
    ("汤勺", "Ladle"),
    ("炒锅", "Wok"),
    ("汤锅", "Stockpot"),
    ("砧板", "Cutting Board"),
    ("厨刀", "Kitchen Knife"),
    ("储物罐", "Storage Jar"),
    ("保温瓶", "Thermos"),
    ("水壶", "Water Bottle"),
    ("台灯", "Desk Lamp"),
    ("吊灯", "Pendant"),
    ("落地灯", "Floor Lamp"),
    ("夜灯", "Night Light"),
    ("烛台", "Candle Holder"),
    ("香薰", "Candle"),
    ("花瓶", "Vase"),
    ("圆凳", "Stool"),
    ("椅子", "Chair"),
    ("边几", "Side Table"),
    ("书架", "Bookshelf"),
    ("挂钟", "Wall Clock"),
    ("靠垫", "Cushion"),
    ("毯子", "Blanket"),
    ("地毯", "Rug"),
    ("窗帘", "Curtain"),
    ("笔记本", "Notebook"),
    ("钢笔", "Fountain Pen"),
    ("笔筒", "Pencil Cup"),
    ("托盘", "Tray"),
    ("书签", "Bookmark"),
    ("耳机", "Headphones"),
    ("音箱", "Speaker"),
    ("键盘", "Keyboard"),
    ("移动电源", "Power Bank"),
    ("相机", "Camera"),
    ("帐篷", "Tent"),
    ("睡袋", "Sleeping Bag"),
    ("折椅", "Camp Chair"),
    ("背包", "Backpack"),
    ("头灯", "Headlamp"),
    ("积木", "Building Blocks"),
    ("摇铃", "Rattle"),
    ("奶瓶", "Baby Bottle"),
    ("小火车", "Toy Train"),
    ("蜂蜜", "Honey"),
    ("咖啡豆", "Coffee Beans"),
    ("绿茶", "Green Tea"),
    ("酱油", "Soy Sauce"),
    ("面条", "Noodles"),
    ("巧克力", "Chocolate"),
];

const BRANDS: [Words; 16] = [
    ("南坡窑", "Nanpo Kiln"),
    ("木音", "Muyin"),
    ("山与罐", "Hill & Jar"),
    ("野渡", "Wildferry"),
    ("小朵", "Little Doum"),
    ("灯叶", "Lanternleaf"),
    ("纸手", "Paperhand"),
    ("铁禾", "Tiehe"),
    ("河岸", "Riverbank"),
    ("白石", "White Stone"),
    ("北巷", "North Lane"),
    ("云工", "Cloudwork"),
    ("春枝", "Spring Twig"),
    ("旧船", "Old Boat"),
    ("圆月", "Full Moon"),
    ("青苔", "Moss"),
];

const TAGS: [Words; 14] = [
    ("送礼", "gift"),
    ("日常", "everyday"),
    ("露营", "camping"),
    ("厨房", "kitchen"),
    ("卧室", "bedroom"),
    ("书房", "study"),
    ("茶器", "teaware"),
    ("手作", "handmade"),
    ("收纳", "storage"),
    ("实木", "solid wood"),
    ("新生儿", "newborn"),
    ("旅行", "travel"),
    ("办公", "office"),
    ("咖啡", "coffee"),
];

const COLOURS: [Words; 12] = [
    ("粉青", "Celadon"),
    ("天目黑", "Tenmoku"),
    ("象牙白", "Ivory"),
    ("墨色", "Ink"),
    ("苔绿", "Moss"),
    ("陶土", "Terracotta"),
    ("鼠尾草", "Sage"),
    ("靛蓝", "Indigo"),
    ("奶油", "Cream"),
    ("炭灰", "Charcoal"),
    ("赭石", "Ochre"),
    ("原色", "Natural"),
];

const SIZES: [Words; 4] = [("小", "Small"), ("中", "Medium"), ("大", "Large"), ("特大", "Extra large")];

fn text((zh, en): Words) -> Value {
    json!({ "zh": zh, "en": en })
}

fn joined(words: &[Words], number: u32) -> Value {
    let zh: String = words.iter().map(|word| word.0).collect();
    let en: Vec<&str> = words.iter().map(|word| word.1).collect();
    json!({ "zh": format!("{zh} {number}"), "en": format!("{} {number}", en.join(" ")) })
}

/// The product with a number.
pub(super) fn product(number: u32, shelves: &[&str], draw: &mut Draw) -> Value {
    let manner = draw.one(&MANNERS).unwrap_or_default();
    let material = draw.one(&MATERIALS).unwrap_or_default();
    let thing = draw.one(&THINGS).unwrap_or_default();
    let brand = draw.one(&BRANDS).unwrap_or_default();
    let picture = format!("media/{}", draw.one(&PICTURES).unwrap_or_default());
    let tags: Vec<Value> = (0..1 + draw.below(3)).filter_map(|_| draw.one(&TAGS)).map(text).collect();
    let options = options(draw);
    let day = 1 + draw.below(28);
    json!({
        "slug": format!("{}-{number}", slug(thing.1)),
        "category": draw.one(shelves).unwrap_or_default(),
        "title": joined(&[manner, material, thing], number % 1000),
        "subtitle": {
            "zh": format!("{}做的{}，{}也合用", material.0, thing.0, manner.0),
            "en": format!("A {} in {}, made to last", thing.1.to_lowercase(), material.1.to_lowercase()),
        },
        "description": {
            "zh": format!("{}的{}，{}出品。\n\n天天用得上，坏了能修。", material.0, thing.0, brand.0),
            "en": format!("A {} of {} by {}.\n\nMade to be used every day.", thing.1, material.1, brand.1),
        },
        "brand": text(brand),
        "specs": [{ "name": { "zh": "材质", "en": "Material" }, "value": text(material) }],
        "variants": variants(number, &options, &picture, draw),
        "options": options,
        "tags": tags,
        "media": [{ "file": picture, "kind": "image", "alt": text(thing), "width": 1200, "height": 1200 }],
        "tax_class": "standard",
        "origin": { "name": { "zh": "中国", "en": "China" } },
        "launch_date": format!("202{}-{:02}-{day:02}", 3 + draw.below(4), 1 + draw.below(11)),
    })
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// Colours, and sizes for every third product.
fn options(draw: &mut Draw) -> Vec<Value> {
    let mut options = vec![option("colour", ("颜色", "Colour"), &COLOURS, 1 + draw.below(3), draw)];
    if draw.below(3) == 0 {
        options.push(option("size", ("尺寸", "Size"), &SIZES, 1 + draw.below(2), draw));
    }
    options
}

fn option(key: &str, name: Words, all: &[Words], count: usize, draw: &mut Draw) -> Value {
    let first = draw.below(all.len());
    let chosen = all.iter().cycle().skip(first).take(count);
    let values: Vec<Value> =
        chosen.map(|label| json!({ "key": slug(label.1), "label": text(*label) })).collect();
    json!({ "key": key, "name": text(name), "values": values })
}

/// One for each combination.
fn variants(number: u32, options: &[Value], picture: &str, draw: &mut Draw) -> Vec<Value> {
    let mut combinations = vec![Map::new()];
    for option in options {
        let key = option.get("key").and_then(Value::as_str).unwrap_or_default();
        let values = option.get("values").and_then(Value::as_array).cloned().unwrap_or_default();
        let with = |chosen: &Map<String, Value>, value: &Value| {
            let mut chosen = chosen.clone();
            chosen.insert(key.to_owned(), value.get("key").cloned().unwrap_or_default());
            chosen
        };
        combinations =
            combinations.iter().flat_map(|chosen| values.iter().map(|value| with(chosen, value))).collect();
    }
    let price = 1_900 + 100 * draw.below(900);
    let has_offer = draw.below(8) == 0;
    let variants = combinations.into_iter().enumerate().map(|(place, chosen)| {
        let cny = price + 500 * place;
        let mut variant = json!({
            "sku": format!("G{number:07}-{place}"),
            "options": chosen,
            "price": { "CNY": cny, "USD": cny / 7 },
            "weight_g": 200 + draw.below(2_000),
            "dimensions_mm": { "length": 100, "width": 100, "height": 100 },
            "barcode": ean13(u64::from(number) * 10 + place as u64),
            "stock": draw.below(6) * draw.below(40),
            "images": [picture],
        });
        if has_offer && let Some(fields) = variant.as_object_mut() {
            fields.insert("compare_at".to_owned(), json!({ "CNY": cny * 6 / 5, "USD": cny / 6 }));
        }
        variant
    });
    variants.collect()
}

/// A barcode with its check digit, from the range for use inside of a shop.
fn ean13(number: u64) -> String {
    let digits = format!("29{number:010}");
    let weighted = digits.bytes().enumerate().map(|(at, digit)| {
        let digit = u32::from(digit - b'0');
        if at % 2 == 0 { digit } else { digit * 3 }
    });
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_a_variant_for_each_combination_and_valid_barcodes() {
        let mut draw = Draw::new(1);
        for number in 0..50 {
            let product = product(number, &["tea"], &mut draw);
            let values = |option: &Value| option["values"].as_array().unwrap().len();
            let combinations: usize = product["options"].as_array().unwrap().iter().map(values).product();
            assert_eq!(product["variants"].as_array().unwrap().len(), combinations);
        }
        assert_eq!(ean13(0), "2900000000001");
    }
}
