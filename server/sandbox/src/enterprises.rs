//! The enterprises of this world. All are made up; the register and the people draw on the same list.

/// One enterprise in the register.
#[derive(Debug)]
pub(crate) struct Enterprise {
    /// Its unified social credit code.
    pub(crate) credit_code: &'static str,
    /// Its registered name.
    pub(crate) name: &'static str,
    /// What kind of subject it is.
    pub(crate) category: &'static str,
}

/// A machine builder in good standing, with records of several ages.
pub(crate) const MACHINERY: &str = "91310120FXXY000194";
/// A cosmetics maker that has broken a commitment.
pub(crate) const COSMETICS: &str = "91310120FXXY00027Y";
/// A small pastry shop (个体工商户).
pub(crate) const PASTRY: &str = "92310120FXXY00035N";
/// A fruit growers' cooperative (农民专业合作社).
pub(crate) const ORCHARD: &str = "93310120FXXY00043E";

/// An association that the platform bars from applying for repairs.
pub(crate) const ASSOCIATION: &str = "51310120FXXY00078B";
/// A law firm whose records were given badly.
pub(crate) const LAW_FIRM: &str = "31310000FXXY00094Y";

/// Everyone the platform knows.
pub(crate) const ALL: &[Enterprise] = &[
    Enterprise { credit_code: MACHINERY, name: "上海奉贤示例精密机械有限公司", category: "enterprise" },
    Enterprise { credit_code: COSMETICS, name: "上海奉贤示例美妆科技有限公司", category: "enterprise" },
    Enterprise { credit_code: PASTRY, name: "上海市奉贤区示例点心店", category: "individual_business" },
    Enterprise { credit_code: ORCHARD, name: "上海奉贤示例蜜梨种植专业合作社", category: "farmers_cooperative" },
    Enterprise {
        credit_code: "12310120FXXY00051L", name: "上海市奉贤区示例水务服务中心", category: "public_institution"
    },
    Enterprise { credit_code: "11310120FXXY0006XF", name: "上海市奉贤区示例管理局", category: "government_organ" },
    Enterprise { credit_code: ASSOCIATION, name: "上海市奉贤区示例行业协会", category: "social_organisation" },
    Enterprise {
        credit_code: "52310120FXXY000863", name: "上海奉贤示例公益服务中心", category: "private_non_enterprise"
    },
    Enterprise { credit_code: LAW_FIRM, name: "上海示例律师事务所", category: "law_firm" },
    Enterprise {
        credit_code: "81310120FXXY00107K", name: "上海奉贤示例精密机械有限公司工会委员会", category: "trade_union"
    },
    Enterprise {
        credit_code: "N2310120FXXY00115W",
        name: "上海市奉贤区示例镇示例村股份经济合作社",
        category: "village_collective",
    },
];

/// The enterprise with this code.
pub(crate) fn find(credit_code: &str) -> Option<&'static Enterprise> {
    ALL.iter().find(|enterprise| enterprise.credit_code == credit_code)
}
