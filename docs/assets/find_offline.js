// Search in pages that lie in a folder: there a browser runs no worker and reads no JSON, so the index comes as a script
// (search/pages.js, written by packaging/docs_hooks.py). On a web server MkDocs' own search does it.
(function () {
  "use strict";
  if (window.location.protocol !== "file:") { return; }

  var said = {
    en: { nothing: "Nothing found for ", ask: "Type what you look for." },
    fr: { nothing: "Rien trouvé pour ", ask: "Tapez ce que vous cherchez." },
    es: { nothing: "No se encontró nada para ", ask: "Escriba lo que busca." }
  };

  // Without accents, letter for letter, so that "depot" finds "dépôt" and places in the text stay the same.
  function plain(text) {
    return text.toLowerCase().replace(/[\u00c0-\u017f]/g, function (letter) { return letter.normalize("NFD").charAt(0); });
  }

  // Pages of the language in which was asked; English ones, too, where they are the only ones.
  function speaks(page, language) {
    var folder = page.location.split("/")[0], own = said[folder] && folder !== "en" ? folder : "en";
    if (own !== "en" || language === "en") { return own === language; }
    var file = page.location.split("#")[0];
    return !(window.birchtreePages || []).some(function (other) { return other.location === language + "/" + file; });
  }

  function show() {
    var place = document.getElementById("mkdocs-search-results");
    var wishes = new URLSearchParams(window.location.search), asked = wishes.get("q") || "";
    var language = said[wishes.get("language")] ? wishes.get("language") : "en";
    if (!place) { return; }
    var words = plain(asked).split(/\s+/).filter(function (word) { return word.length > 1; });
    var spoken = (window.birchtreePages || []).filter(function (page) { return speaks(page, language); });
    var found = spoken.map(function (page) {
      var title = plain(page.title), text = plain(page.text), points = 0;
      for (var i = 0; i < words.length; i += 1) {
        var inTitle = title.indexOf(words[i]) >= 0, times = text.split(words[i]).length - 1;
        if (!inTitle && times === 0) { return { points: 0 }; }
        points += (inTitle ? 20 : 0) + Math.min(times, 10);
      }
      return { points: points, page: page };
    }).filter(function (one) { return one.points > 0; });
    found.sort(function (a, b) { return b.points - a.points; });
    place.textContent = "";
    if (!found.length) {
      place.textContent = words.length ? said[language].nothing + asked + "." : said[language].ask;
      return;
    }
    found.slice(0, 30).forEach(function (one) {
      var article = document.createElement("article"), heading = document.createElement("h3");
      var link = document.createElement("a"), text = document.createElement("p");
      link.href = one.page.location;
      link.textContent = one.page.title;
      var at = Math.max(0, plain(one.page.text).indexOf(words[0]) - 60);
      text.textContent = (at ? "… " : "") + one.page.text.slice(at, at + 220) + " …";
      heading.appendChild(link);
      article.appendChild(heading);
      article.appendChild(text);
      place.appendChild(article);
    });
  }

  if (!document.getElementById("mkdocs-search-results")) { return; }
  var script = document.createElement("script");
  script.src = "search/pages.js";
  script.onload = show;
  document.head.appendChild(script);
}());
