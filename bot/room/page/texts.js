// What the page itself says, in three languages.

const TEXTS = {
  en: {
    customer: "Customer", collector: "Collector", safety_officer: "Safety officer", scheduler: "Scheduler", admin: "Administrator",
    clock: "Rehearsed time", hour: "+1 hour", day: "+1 day", next: "Next event", play: "Play", pause: "Pause",
    tour: "Play the story", take_over: "Stop and take over", close: "Close", step: "{step} of {of}",
    faults: "Faults", offline: "{name}'s phone: no network", too_many: "Telegram refuses (429)", crash: "Crash the bot",
    faults_about: "Nothing is lost, whatever you switch: look at the chats afterwards.",
    running: "Bot runs", starting: "Bot starts", stopped: "Bot is down",
    record: "Record", save: "Save recording", saved: "Saved as {path}", saved_title: "Recorded",
    replay: "Play it again at any time: doorstep demo --replay {path}",
    behind: "Behind the scenes", theme: "Light or dark", language: "Language of this page", language_of: "Language of {name}'s phone",
    on_phone: "Who has this phone", write: "Message", send: "Send", commands: "Commands", attach: "Send something else",
    start: "Start", letter: "A letter with a link has come. To show who it is: {last4}", no_letter: "This chat has not been opened yet.",
    block: "Block", unblock: "Unblock", blocked: "The bot is blocked on this phone.", no_network: "No network on this phone.",
    back_online: "Back online", typing: "Doorstep is writing …", newest: "{n} new", edited: "edited", answers: "Shows who it is: {last4}",
    location: "Location", here: "At the address", far: "3 km away", refuse: "Refuse", whose: "Whose address",
    contact: "Own number", photo: "Photo", voice: "Voice message", document: "File", too_big: "Files up to 20 MB can be sent here.",
    download: "Save file", open_file: "Open {name}", failed: "That did not work. Try it again.", gone: "The demo does not answer: is it still running in the terminal?",
    preparing: "Setting the scene …", lost: "No connection to the demo.",
    script: "Script", over: "over: {outcome}", stands: "{name} v{version}, at: {step}", none_open: "No conversation yet.",
    verdicts: "What the rules said", timers: "Timers that wait", waiting: "Messages that wait", log: "Log", nothing: "Nothing.",
    allowed: "allowed", wait: "waits", refused: "refused", until: "until {at}", source: "Source: {source}", consulted: "{n} rules were asked",
    log_of: "Chat of {name}", jumped: "Came next: {what}", photo_sent: "Photo", location_sent: "Location", contact_sent: "Contact", voice_sent: "Voice message",
  },
  zh_Hans: {
    customer: "客户", collector: "外访专员", safety_officer: "安全专员", scheduler: "调度主管", admin: "管理员",
    clock: "演练时间", hour: "+1 小时", day: "+1 天", next: "跳到下一件事", play: "播放", pause: "暂停",
    tour: "演示全程", take_over: "停下，自己来", close: "关闭", step: "第 {step} 步，共 {of} 步",
    faults: "故障", offline: "{name}的手机断网", too_many: "Telegram 限流（429）", crash: "让机器人崩溃",
    faults_about: "随便打开哪个开关，消息都不会丢，过后看看聊天就知道。",
    running: "运行中", starting: "启动中", stopped: "已崩溃",
    record: "录制", save: "保存录制", saved: "已保存到 {path}", saved_title: "录制好了",
    replay: "随时可以重放：doorstep demo --replay {path}",
    behind: "看看幕后", theme: "浅色／深色", language: "本页语言", language_of: "{name}手机的语言",
    on_phone: "这是谁的手机", write: "消息", send: "发送", commands: "命令", attach: "发送其他内容",
    start: "开始", letter: "信里的链接到了。核对身份用：{last4}", no_letter: "这个聊天还没打开过。",
    block: "拉黑", unblock: "取消拉黑", blocked: "这部手机拉黑了机器人。", no_network: "这部手机没有网络。",
    back_online: "恢复网络", typing: "Doorstep 正在输入…", newest: "{n} 条新消息", edited: "已编辑", answers: "核对身份用：{last4}",
    location: "位置", here: "就在地址处", far: "离地址 3 公里", refuse: "拒绝", whose: "谁的地址",
    contact: "自己的号码", photo: "照片", voice: "语音", document: "文件", too_big: "这里最多能发 20 MB 的文件。",
    download: "保存文件", open_file: "打开 {name}", failed: "没有成功，请再试一次。", gone: "演示没有回应：终端里还在运行吗？",
    preparing: "正在布置场景…", lost: "与演示的连接断了。",
    script: "流程", over: "已结束：{outcome}", stands: "{name} v{version}，当前在 {step}", none_open: "还没有对话。",
    verdicts: "规则怎么说", timers: "等待中的定时", waiting: "等待发出的消息", log: "日志", nothing: "没有。",
    allowed: "允许", wait: "等待", refused: "不允许", until: "到 {at}", source: "依据：{source}", consulted: "查了 {n} 条规则",
    log_of: "{name}的聊天", jumped: "接下来发生的是：{what}", photo_sent: "照片", location_sent: "位置", contact_sent: "联系方式", voice_sent: "语音",
  },
  zh_Hant: {
    customer: "客戶", collector: "外訪專員", safety_officer: "安全專員", scheduler: "排程主管", admin: "管理員",
    clock: "演練時間", hour: "+1 小時", day: "+1 天", next: "跳到下一件事", play: "播放", pause: "暫停",
    tour: "播放全程", take_over: "停下，自己來", close: "關閉", step: "第 {step} 步，共 {of} 步",
    faults: "故障", offline: "{name}的手機斷線", too_many: "Telegram 限流（429）", crash: "讓機器人當掉",
    faults_about: "不論打開哪個開關，訊息都不會遺失，事後看看聊天室便知道。",
    running: "執行中", starting: "啟動中", stopped: "已當掉",
    record: "錄製", save: "儲存錄製", saved: "已存到 {path}", saved_title: "錄好了",
    replay: "隨時可以重播：doorstep demo --replay {path}",
    behind: "看看幕後", theme: "淺色／深色", language: "本頁語言", language_of: "{name}手機的語言",
    on_phone: "這是誰的手機", write: "訊息", send: "傳送", commands: "指令", attach: "傳送其他內容",
    start: "開始", letter: "信上的連結到了。核對身分用：{last4}", no_letter: "這個聊天室還沒開啟過。",
    block: "封鎖", unblock: "解除封鎖", blocked: "這支手機封鎖了機器人。", no_network: "這支手機沒有網路。",
    back_online: "恢復連線", typing: "Doorstep 正在輸入…", newest: "{n} 則新訊息", edited: "已編輯", answers: "核對身分用：{last4}",
    location: "位置", here: "就在地址處", far: "離地址 3 公里", refuse: "拒絕", whose: "誰的地址",
    contact: "自己的號碼", photo: "相片", voice: "語音訊息", document: "檔案", too_big: "這裡最多可傳 20 MB 的檔案。",
    download: "儲存檔案", open_file: "開啟 {name}", failed: "沒有成功，請再試一次。", gone: "示範程式沒有回應：終端機裡還在執行嗎？",
    preparing: "正在佈置場景…", lost: "與示範程式的連線中斷了。",
    script: "流程", over: "已結束：{outcome}", stands: "{name} v{version}，目前在 {step}", none_open: "還沒有對話。",
    verdicts: "規則怎麼說", timers: "等待中的計時", waiting: "等待送出的訊息", log: "日誌", nothing: "沒有。",
    allowed: "允許", wait: "等待", refused: "不允許", until: "到 {at}", source: "依據：{source}", consulted: "查了 {n} 條規則",
    log_of: "{name}的聊天室", jumped: "接下來發生的是：{what}", photo_sent: "相片", location_sent: "位置", contact_sent: "聯絡方式", voice_sent: "語音訊息",
  },
};
export const LANGUAGES = { en: "English", zh_Hans: "简体中文", zh_Hant: "繁體中文" };

let chosen = localStorage.getItem("language") ?? guessed(navigator.language);

function guessed(tag) {
  if (!tag.startsWith("zh")) return "en";
  return /Hant|TW|HK|MO/i.test(tag) ? "zh_Hant" : "zh_Hans";
}

export const language = () => chosen;

/** Speak another language from now on. */
export function speak(other) {
  chosen = other;
  localStorage.setItem("language", other);
}

/** Return a text of the page with its values filled in. */
export const say = (name, values = {}) => TEXTS[chosen][name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
