// The script of "make judge": what Shopbell sends, signs and simulates, held
// against @kapso/whatsapp-cloud-api, which other people wrote from Meta's pages.
//
//   node judge.mjs world.json
//
// Prints one line for each check; exit status 1 where one fails.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { GraphApiError, WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";

const world = JSON.parse(readFileSync(process.argv[2], "utf8"));
const phoneNumberId = world.PhoneNumberID;
const to = `+${world.Phone}`;
let failed = 0;

async function check(what, name, run) {
  try {
    await run();
    console.log(`ok    ${what.padEnd(10)} ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${what.padEnd(10)} ${name}: ${error.message}`);
  }
}

function demand(condition, message) {
  if (!condition) throw new Error(message);
}

// --- Bodies: the other client builds the same message from its parts, through
// its schemas, and must arrive at the same JSON.

let captured;
const builder = new WhatsAppClient({
  accessToken: "none",
  fetch: async (_url, init) => {
    captured = JSON.parse(init.body);
    return Response.json({ messages: [{ id: "wamid.x" }] });
  },
});

const camel = (v) =>
  Array.isArray(v) ? v.map(camel)
  : v && typeof v === "object" ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k.replace(/_(\w)/g, (_, c) => c.toUpperCase()), camel(x)]))
  : v;

async function rebuild(body) {
  const m = builder.messages;
  const base = {
    phoneNumberId, to: body.to, recipient: body.recipient, recipientType: body.recipient_type,
    contextMessageId: body.context?.message_id, bizOpaqueCallbackData: body.biz_opaque_callback_data,
  };
  const part = camel(body[body.type]);
  switch (body.type) {
    case "text": return m.sendText({ ...base, body: part.body, previewUrl: part.previewUrl });
    case "image": return m.sendImage({ ...base, image: part });
    case "video": return m.sendVideo({ ...base, video: part });
    case "audio": return m.sendAudio({ ...base, audio: part });
    case "sticker": return m.sendSticker({ ...base, sticker: part });
    case "document": return m.sendDocument({ ...base, document: part });
    case "location": return m.sendLocation({ ...base, location: part });
    case "template": return m.sendTemplate({ ...base, template: part });
    case "reaction": return m.sendReaction({ ...base, reaction: part });
    case "interactive": {
      const frame = { ...base, header: part.header, bodyText: part.body.text, footerText: part.footer?.text };
      switch (part.type) {
        case "button": return m.sendInteractiveButtons({ ...frame, buttons: part.action.buttons.map((b) => b.reply) });
        case "list": return m.sendInteractiveList({ ...frame, buttonText: part.action.button, sections: part.action.sections });
        case "cta_url": return m.sendInteractiveCtaUrl({ ...frame, parameters: part.action.parameters });
      }
    }
  }
  throw new Error(`no message of type ${body.type} is known there`);
}

for (const { Name, JSON: body } of world.Bodies) {
  await check("body", Name, async () => {
    await rebuild(body);
    demand(isDeepStrictEqual(captured, body), `\n  theirs ${JSON.stringify(captured)}\n  ours   ${JSON.stringify(body)}`);
  });
}

// --- Webhooks: their check takes the signature and no other body, their parser
// finds what Shopbell finds.

const known = new Set();
for (const { Name, Raw, Signature } of world.Webhooks) {
  await check("webhook", Name, async () => {
    const sign = (rawBody) => verifySignature({ appSecret: world.AppSecret, rawBody, signatureHeader: Signature });
    demand(sign(Raw), "the signature is refused");
    const changed = Buffer.from(Raw);
    changed[changed.length >> 1] ^= 1;
    demand(!sign(changed), "the signature of another body is taken");
    const read = normalizeWebhook(JSON.parse(Raw));
    demand(read.phoneNumberId === phoneNumberId, `phone number id ${read.phoneNumberId}`);
    if (Name.startsWith("status ")) {
      demand(read.statuses.length === 1 && read.statuses[0].status === Name.slice(7), JSON.stringify(read.statuses));
      return;
    }
    const [message, ...more] = read.messages;
    demand(message && more.length === 0, `${read.messages.length} messages`);
    const type = Name === "echo" ? "text" : Name;
    demand(message.type === type, `type ${message.type}`);
    demand(message.from || message.fromUserId, "nobody sent it");
    demand(type === "unsupported" || message[type] !== undefined, `nothing under ${type}`);
    known.add(type);
  });
}
await check("webhook", "every kind was there", async () => demand(known.size >= 14, `only ${[...known]}`));

// --- The Graph API: their client finds what it needs there.

const client = new WhatsAppClient({ accessToken: world.Token, baseUrl: world.GraphURL, graphVersion: "v25.0" });
const take = async (type, bytes) =>
  (await client.media.upload({ phoneNumberId, type, file: new Blob([bytes], { type }), fileName: "file" })).id;
const accepted = (r) => demand(r.messages[0].id.startsWith("wamid."), JSON.stringify(r));
const base = { phoneNumberId, to };
const image = { id: world.Photo, caption: "From elsewhere" };

const sends = {
  text: () => client.messages.sendText({ ...base, body: "Hello" }),
  image: () => client.messages.sendImage({ ...base, image }),
  document: async () => client.messages.sendDocument({ ...base, document: { id: await take("text/plain", "a,b\n"), filename: "a.txt" } }),
  video: async () => client.messages.sendVideo({ ...base, video: { id: await take("video/mp4", "....ftypisom") } }),
  audio: async () => client.messages.sendAudio({ ...base, audio: { id: await take("audio/ogg", "OggS"), voice: true } }),
  sticker: async () => client.messages.sendSticker({ ...base, sticker: { id: await take("image/webp", "RIFF\0\0\0\0WEBPVP8 ") } }),
  location: () => client.messages.sendLocation({ ...base, location: { latitude: -33.45, longitude: -70.66, name: "Santiago" } }),
  contacts: () => client.messages.sendContacts({ ...base, contacts: [{ name: { formattedName: "John Doe", firstName: "John" } }] }),
  buttons: () => client.messages.sendInteractiveButtons({ ...base, bodyText: "Pick", buttons: [{ id: "a", title: "A" }] }),
  list: () => client.messages.sendInteractiveList({ ...base, bodyText: "Pick", buttonText: "Open", sections: [{ rows: [{ id: "a", title: "A" }] }] }),
  link: () => client.messages.sendInteractiveCtaUrl({ ...base, bodyText: "See", parameters: { displayText: "Open", url: "https://shop.example" } }),
  template: () => client.messages.sendTemplate({
    ...base, template: { name: "follow_up", language: { code: "pt_PT" }, components: [{ type: "body", parameters: [{ type: "text", text: "Ann" }] }] },
  }),
  reaction: () => client.messages.sendReaction({ ...base, reaction: { messageId: world.WAMID, emoji: "😮" } }),
};
for (const [name, send] of Object.entries(sends)) {
  await check("send", name, async () => accepted(await send()));
}
await check("graph", "marks a message as read", async () =>
  demand((await client.messages.markRead({ phoneNumberId, messageId: world.WAMID, typingIndicator: { type: "text" } })).success, "no success"));
await check("graph", "gives a file back", async () => {
  const about = await client.media.get({ mediaId: world.Photo, phoneNumberId });
  demand(about.mimeType === "image/jpeg" || about.mime_type === "image/jpeg", JSON.stringify(about));
  const bytes = await client.media.download({ mediaId: world.Photo, phoneNumberId, auth: "always" });
  demand(new Uint8Array(bytes)[0] === 0xff, "it is no JPEG");
});
await check("graph", "lists templates", async () => {
  const page = await client.templates.list({ businessAccountId: world.WABAID, limit: 2 });
  demand(page.data.length === 2 && page.data[0].name, JSON.stringify(page));
});
await check("graph", "keeps the profile", async () => {
  await client.phoneNumbers.businessProfile.update({ phoneNumberId, about: "Boots" });
  const { data } = await client.phoneNumbers.businessProfile.get({ phoneNumberId });
  demand(data[0].about === "Boots", JSON.stringify(data));
});
await check("graph", "refuses in Meta's words", async () => {
  try {
    await client.messages.sendText({ ...base, to: "+15550000000", body: "Hello" });
  } catch (error) {
    demand(error instanceof GraphApiError && error.code === 131030, `${error.name} ${error.code}`);
    return;
  }
  throw new Error("it took a message to nobody");
});

console.log(failed ? `${failed} checks failed` : "They agree.");
process.exit(failed ? 1 : 0);
