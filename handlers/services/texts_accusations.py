"""What somebody brings against a person in public office: who, what deed, and what only speaks of such things.

A holder beside a deed is an accusation, whoever he is and however it is said; a question of the plan or of rules,
and what an office says of its own work, is not. The examples stand beside the rule (red_lines).
"""

HELD = r"(?:书记|支书|主任|[局处科股所站队镇乡村市县区院校部行园组]长|秘书长)"
_OFFICIAL = (
    rf"(?:{HELD}|当(?:官|干部|领导)的|[村贪]官|官员|干部|领导|[一二三]把手|班子成员|头头|公家(?:的)?人|公务员|公职人员"
    r"|办事员|科员|经办人|[村镇]会计|[局镇村乡县市][里上]的人)"
)
HOLDER = rf"(?:{_OFFICIAL}|工作人员|党员|民警|警察|交警|辅警|法官|检察官|城管|执法人员|纪委|监委)"
_SOMEBODY = r"(?:有(?:个|些|的)?人|(?:那|这|有)?个?姓.的)"
_ONE = r"(?:某|我们|咱们|俺们?|我[村镇局]|本[村镇局]|[这那有一]个|[这那有]一?[位名])"
_THINGS = (
    r"(?:钱|元|块(?![地工业])|万(?![亩吨人户千平立株头只件])|红包"
    r"|好处|回扣|烟|酒|礼(?!堂|仪)|款|低保|补助|补贴|粮|购物卡|提成|油水)"
)
_TOOK = (
    rf"(?:收(?:了|受|取|过)|贪污?(?:了|过)|拿(?:了|过)|吃了|吞了|捞了|索要|要了|挪用|侵[吞占]|私[吞分]|克扣|截留|冒领|套取|骗取)"
    rf"[^。\n]{{0,10}}{_THINGS}"
)
_FROM = r"(?:(?:人家?|别人|[大小]?老板|企业|商户|群众|村民|百姓|老百姓|我们?|俺们?|包工头)的?)?"
_CRIMES = (
    rf"(?:收{_FROM}(?:黑|脏)?(?:钱|礼(?!堂|仪)|红包|好处|回扣|贿|购物卡|保护费)|[受索行]贿|吃拿卡要|[吃拿]{_FROM}(?:回扣|空饷|黑钱|红包|好处)"
    r"|贪(?:污|腐|赃)|权钱交易|徇私|以权谋私|假公济私|中饱私囊|[买卖]官|优亲厚友|敲诈|勒索"
    r"|(?:不[给送]|没|[给送拿]了?)(?:钱|礼|红包|好处)(?:就|都|才)?(?:不|给|肯|会)?办)"
)
_WRONGS = (
    rf"(?:{_TOOK}|{_CRIMES}|贪(?![大快多图玩睡])|腐败|挪用|[侵强霸]占|侵吞|私[吞分]|克扣|截留|冒领|滥用职权|玩忽职守|渎职|公款|公车私用|吃低保"
    r"|违纪|违法|乱纪|索要|要(?:钱|好处|红包)|捞(?:钱|好处|油水)|包养|包二奶|养(?:小三|情[人妇])|保护伞|欺压|作威作福|打击报复)"
)
_ACCUSES = r"(?:举报|检举|告发|控告|揭发)"
_ASKS_WHERE = r"(?:举报|投诉|反映|找谁|怎么办|去哪|哪里|哪儿|向谁|谁管|管不管)"
_KIN = r"(?:小舅子|亲戚|老婆|丈夫|爱人|儿子|女儿|女婿|弟弟|哥哥|侄子|家属(?![院楼区])|家里人|自家人)"


def _beside(most: int) -> str:
    """What may stand between the holder and the deed: not that he speaks of it, orders or checks something."""
    return rf"(?:(?!说|问|讲|强调|要求|安排|部署|组织|召开|听取|带队|检查|督查|收到|如果|是否)[^。\n]){{0,{most}}}"


ACCUSED = (
    rf"(?<!群众)(?<!受理){_ACCUSES}(?!电话|渠道|平台|线索|办法)[^，,。\n]{{0,8}}{HOLDER}"
    rf"|(?<!受理){_ACCUSES}[^。\n]{{0,8}}{_SOMEBODY}?{_TOOK}"
    rf"|(?:{_ACCUSES}|反映|投诉)[^。\n]{{0,20}}{HOLDER}[^。\n]{{0,16}}{_WRONGS}"
    rf"|{HOLDER}[^。\n]{{0,16}}{_WRONGS}[^。\n]{{0,12}}{_ASKS_WHERE}"
    rf"|(?:{HOLDER}|{_SOMEBODY}){_beside(10)}(?:{_TOOK}|{_CRIMES})"
    rf"|{_ONE}[^。\n]{{0,8}}{HOLDER}{_beside(8)}{_WRONGS}"
    rf"|{HOLDER}家?的?{_KIN}[^。\n]{{0,8}}(?:包工程|承包|包揽|低保|吃空饷)"
    rf"|{HOLDER}[^。\n]{{0,8}}(?:给|照顾)了?(?:自己|自家|他|她)?家?的?{_KIN}"
    rf"|(?m:^)[\u4e00-\u9fff]{{0,8}}{_OFFICIAL}{_beside(8)}{_WRONGS}"
    rf"|(?:{_TOOK}|{_CRIMES})[^。，,\n]{{0,4}}的[^。，,\n]{{0,6}}{HOLDER}"
    rf"|{_THINGS}[^。\n]{{0,4}}[被让叫给][^。，,\n]{{0,8}}{HOLDER}[^。，,\n]{{0,4}}(?:贪|吞|拿|收|占|分|挪|克扣|截留)(?:污|用|走|光)?了"
    rf"|(?:给|向|跟)[^。，,\n]{{0,6}}{HOLDER}[^。，,\n]{{0,4}}(?:[送塞]了?[^。，,\n]{{0,6}}{_THINGS}|行贿)"
)
OF_WORK = (
    rf"哪[个些位]{HOLDER}|"
    r"(?:已|共|全年|累计)[^。\n]{0,6}(?:查处|立案|处分|办结)|(?:查处|立案|处分|办结)[^。\n]{0,8}\d|受理(?:举报|投诉)"
    r"|专项|严禁|不得|不准|杜绝|防止|防范|整治|治理|监督检查|警示|廉政教育|案例|学习|培训|机制|制度|谁牵头|谁负责|哪些任务|哪[个些家]单位"
    r"|规定|方案|哪[一]?条|讲(?:了|的)?(?:什么|啥)"
)
"""What an office says of such things in its own work, and how one asks for them in the plan."""
