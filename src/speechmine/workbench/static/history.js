import { all, find, post, reader, say, token } from "/static/talk.js";

const key = find("#history")?.dataset.key;

for (const button of all("[data-undo]"))
  button.addEventListener("click", async () => {
    const name = reader();
    if (!name) return;
    try {
      const decision = Number(button.dataset.undo);
      await post(`/api/texts/${key}/decisions`, { action: "undo", reader: name, decision, token: token() });
      location.reload();
    } catch (error) {
      say(error.message, true);
    }
  });

find("#renew")?.addEventListener("click", async () => {
  if (!reader()) return;
  try {
    await post(`/texts/${key}/renewal`, {});
    location.href = `/texts/${key}`;
  } catch (error) {
    say(error.message, true);
  }
});
