//! Words of the search: results, filters, suggestions.

use crate::kernel::Locale;

messages! {
    // Results
    title = "搜索" | "Search";
    description = "按名称、材质、货号或拼音查找集市的商品，边输入边看结果，还能按分类、价格和颜色筛选。" | "Find anything in the shop by name, material or article number, with results as you type and filters for category, price and colour.";
    title_for(text) = "搜索“{text}”" | "Search for “{text}”";
    found(count, text) = "“{text}”找到 {count} 件" | "{count} found for “{text}”";
    all_found(count) = "全部商品，共 {count} 件" | "All {count} articles";
    start = "想找什么？" | "What are you looking for?";
    hint = "可以搜名称、材料、颜色、品牌或货号，中文、拼音、英文都行。" | "Search by name, material, colour, brand or article number, in English, Chinese or pinyin.";
    understood_as(text) = "按“{text}”为您查找" | "Showing results for “{text}”";
    not_as_written(text) = "没有与“{text}”完全一致的商品。" | "Nothing matches “{text}” exactly.";
    near_title(text) = "没有“{text}”，这些比较接近" | "Nothing for “{text}”, but these come near";
    nothing_title(text) = "没有找到“{text}”" | "Nothing found for “{text}”";
    nothing_text = "少写一个词，或换个说法；也可以从分类看起。" | "Try fewer words or another name for it, or start from a category.";
    nothing_filtered_title = "这些条件下没有商品" | "Nothing fits all of these filters";
    nothing_filtered_text = "去掉一个条件，或全部清除再看看。" | "Take one away, or clear them all.";
    ideas = "常被找的" | "Often looked for";
    idea_teapot = "茶器" | "teapot";
    idea_lamp = "灯" | "lamp";
    idea_bowl = "碗" | "bowl";
    idea_notebook = "笔记本" | "notebook";
    idea_honey = "蜂蜜" | "honey";

    // Order
    sort_label = "排序" | "Sort by";
    sort_relevance = "推荐" | "Best match";
    sort_sales = "销量" | "Best selling";
    sort_newest = "最新" | "Newest";
    sort_price_up = "价格从低到高" | "Price, low to high";
    sort_price_down = "价格从高到低" | "Price, high to low";

    // Filters
    filters = "筛选" | "Filters";
    filters_chosen(count) = "筛选（已选 {count} 项）" | "Filters ({count} chosen)";
    close_filters = "完成" | "Done";
    chosen = "已选条件" | "Chosen filters";
    remove_filter(name) = "去掉“{name}”" | "Remove “{name}”";
    clear_filters = "全部清除" | "Clear all";
    in_stock = "只看有货" | "In stock only";
    on_offer = "只看优惠" | "On offer only";
    price = "价格" | "Price";
    price_least(currency) = "最低价（{currency}）" | "Lowest price ({currency})";
    price_most(currency) = "最高价（{currency}）" | "Highest price ({currency})";
    price_apply = "应用价格" | "Apply price";
    price_range(low, high) = "{low}–{high}" | "{low}–{high}";
    price_from(low) = "{low} 起" | "from {low}";
    price_to(high) = "不超过 {high}" | "up to {high}";
    more_values(name) = "更多{name}" | "More: {name}";
    one_unit = "1 件" | "1 article";
    many_units(count) = "{count} 件" | "{count} articles";

    // Suggestions
    suggestions = "搜索建议" | "Suggestions";
    suggested_products = "商品" | "Articles";
    suggested_categories = "分类" | "Categories";
    suggested_queries = "大家在搜" | "Often looked for";
    see_all(count) = "查看全部 {count} 件" | "See all {count}";
    status_some(count, hits) = "{count} 条建议，共 {hits} 件商品，用上下键选择" | "{count} suggestions, {hits} articles in all; use the arrow keys to choose";
    status_none = "没有建议，按回车搜索" | "No suggestions; press Enter to search";
}

/// How many articles a filter leaves.
#[must_use]
pub fn units(locale: Locale, count: u64) -> String {
    if count == 1 { one_unit(locale).to_owned() } else { many_units(locale, count) }
}
