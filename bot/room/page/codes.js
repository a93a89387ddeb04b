// What is due, and what a message is for, in words: the bot's own codes in three languages.

import { language } from "./texts.js";

const CODES = {
  session: ["a conversation goes on, or ends", "对话继续或结束", "對話繼續或結束"],
  start_notice: ["the visit is announced", "通知客户上门", "通知客戶上門"],
  notice_deadline: ["the visit begins, if it was confirmed", "到访时间到，未确认则取消", "到訪時間到，未確認即取消"],
  hold_end: ["a hold ends", "暂停期结束", "暫停期結束"],
  alarm: ["an alarm rings again", "警报再响", "警報再響"],
  outside: ["news reaches the conversation", "外部消息转入对话", "外部消息轉入對話"],
  coming: ["the customer hears who is at the door", "告知客户谁在门口", "告知客戶誰在門口"],
  watch: ["is the team all right?", "确认外访人员是否平安", "確認外訪人員是否平安"],
  visit_over: ["the visit ends in any case", "到访无论如何就此结束", "到訪無論如何就此結束"],
  no_show: ["is the team at the door?", "外访人员是否到场", "外訪人員是否到場"],
  remind: ["the next reminders leave", "发出下一批提醒", "發出下一批提醒"],
  instalment: ["an instalment comes up", "一期款项将到期", "一期款項將到期"],
  satisfaction: ["the customer is asked how it was", "请客户评价", "請客戶評價"],
  deadline: ["a last day draws near", "处理期限将至", "處理期限將至"],
  report: ["the report of the visit is made", "生成到访报告", "製作到訪報告"],
  visit_pack: ["the visit pack is made", "生成外访资料包", "製作外訪資料包"],
  agreement_paper: ["the agreement is put on paper", "生成协议文件", "製作協議文件"],
  their_data: ["the copy of their data is made", "生成个人资料副本", "製作個人資料副本"],
  evaluation: ["the evaluation is made", "生成成效报告", "製作成效報告"],
  message: ["a message leaves", "发出一条消息", "發出一則訊息"],
  enrolment: ["welcome", "开通", "開通"],
  notice: ["notice of a visit", "上门通知", "上門通知"],
  nudge: ["a nudge", "轻声提醒", "輕聲提醒"],
  reminder: ["a reminder", "提醒", "提醒"],
  follow_up: ["a follow-up", "跟进", "跟進"],
  confirmation: ["a confirmation", "确认", "確認"],
  opt_out_confirmation: ["confirmation of a stop", "停止联系的确认", "停止聯絡的確認"],
  statutory_notice: ["a notice the law asks for", "法定通知", "法定通知"],
  location: ["a place", "位置", "位置"],
  reply: ["an answer", "回复", "回覆"],
  answer: ["a person's answer", "人工答复", "專人答覆"],
  alert: ["an alert", "警报", "警報"],
  visit: ["the visit itself", "到访", "到訪"],
};
const PLACES = ["en", "zh_Hans", "zh_Hant"];

/** Return a code in the words of the page's language. */
export const inWords = (code) => CODES[code]?.[PLACES.indexOf(language())] ?? code;
