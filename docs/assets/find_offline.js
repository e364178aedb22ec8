// Search in pages that lie in a folder: there a browser runs no worker and reads no JSON, so the index comes as a script
// (search/pages.js, written by packaging/docs_hooks.py). On a web server MkDocs' own search does it.
(function () {
  "use strict";
  if (window.location.protocol !== "file:") { return; }

  function show() {
    var place = document.getElementById("mkdocs-search-results");
    var asked = new URLSearchParams(window.location.search).get("q") || "";
    if (!place) { return; }
    var words = asked.toLowerCase().split(/\s+/).filter(function (word) { return word.length > 1; });
    var found = (window.birchtreePages || []).map(function (page) {
      var title = page.title.toLowerCase(), text = page.text.toLowerCase(), points = 0;
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
      place.textContent = words.length ? "Nothing found for " + asked + "." : "Type what you look for.";
      return;
    }
    found.slice(0, 30).forEach(function (one) {
      var article = document.createElement("article"), heading = document.createElement("h3");
      var link = document.createElement("a"), text = document.createElement("p");
      link.href = one.page.location;
      link.textContent = one.page.title;
      var at = Math.max(0, one.page.text.toLowerCase().indexOf(words[0]) - 60);
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
