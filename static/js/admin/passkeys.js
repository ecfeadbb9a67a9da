// Asks the browser for a passkey: a new one (data-passkey="create") or a known one ("get"), and posts its answer.
(() => {
  const form = document.querySelector("form[data-passkey]");
  const data = document.getElementById("passkey-options");
  if (!form || !data) return;
  const note = form.querySelector(".passkey-note");

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const words = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  function options() {
    const asked = JSON.parse(data.textContent).publicKey;
    const made = { ...asked, challenge: bytes(asked.challenge) };
    if (asked.user) made.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.excludeCredentials) made.excludeCredentials = known(asked.excludeCredentials);
    if (asked.allowCredentials) made.allowCredentials = known(asked.allowCredentials);
    return { publicKey: made };
  }

  function answer(credential) {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (credential.response[part]) response[part] = words(credential.response[part]);
    return JSON.stringify({
      id: credential.id,
      rawId: words(credential.rawId),
      type: credential.type,
      clientExtensionResults: {},
      response,
    });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!window.PublicKeyCredential) {
      note.textContent = "Dieser Browser kann keine Passkeys.";
      return;
    }
    note.textContent = "Bitte bestätigen Sie im Fenster des Browsers …";
    try {
      const credential = await navigator.credentials[form.dataset.passkey](options());
      form.elements.credential.value = answer(credential);
      form.submit();
    } catch (error) {
      note.textContent =
        error.name === "InvalidStateError"
          ? "Dieses Gerät ist schon eingerichtet."
          : "Das wurde abgebrochen oder hat zu lange gedauert. Versuchen Sie es noch einmal.";
    }
  });
})();
