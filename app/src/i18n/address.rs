//! Texts of the address: pasting it in one piece, and what the form offers.

messages! {
    paste_title = "粘贴整段地址，自动填写" | "Paste an address in one piece";
    paste = "姓名、电话和地址" | "Name, phone and address";
    paste_hint = "顺序不限，例如：张三 13800138000 浙江省杭州市西湖区文三路 478 号 3 幢 201" | "In any order, such as: Ada Byron, 1 Market Street, San Francisco, CA 94105, (415) 555-0100";
    paste_action = "识别并填写" | "Fill in the fields";
    paste_kept = "下面的内容原来填在表单里，已被新内容替换；再按一次可以换回来。" | "What is below was in the form before and has been replaced. Press again to have it back.";
    update = "更新地名选项和总价" | "Update choices and total";
}
