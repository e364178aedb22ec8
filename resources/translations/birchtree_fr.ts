<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BirchTree</source>
        <translation>À propos de BirchTree</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Outline, measure and correct every tree crown of a drone survey. Apache License 2.0. Nothing leaves this computer.</source>
        <translation>Délimiter, mesurer et corriger chaque houppier d&apos;un relevé par drone. Licence Apache 2.0. Rien ne quitte cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>ActionFinder</name>
    <message>
        <source>Actions</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Rechercher une commande</translation>
    </message>
    <message>
        <source>No action is called so. Try another word.</source>
        <translation>Aucune commande ne s&apos;appelle ainsi. Essayez un autre mot.</translation>
    </message>
</context>
<context>
    <name>Adjusting</name>
    <message>
        <source>Grow or shrink by</source>
        <translation>Agrandir ou rétrécir de</translation>
    </message>
    <message>
        <source>Simplify by</source>
        <translation>Simplifier de</translation>
    </message>
    <message>
        <source>Smooth by</source>
        <translation>Lisser de</translation>
    </message>
</context>
<context>
    <name>AmountStrip</name>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
</context>
<context>
    <name>AreasModel</name>
    <message>
        <source>Area</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Complete area</source>
        <translation>Zone complète</translation>
    </message>
    <message>
        <source>Control plot</source>
        <translation>Placette témoin</translation>
    </message>
    <message>
        <source>Grid cell</source>
        <translation>Maille</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>AttentionPictures</name>
    <message>
        <source>No trait model is installed that tells where it looks (Models, Manage models).</source>
        <translation>Aucun modèle de caractères qui dise où il regarde n&apos;est installé (Modèles, Gérer les modèles).</translation>
    </message>
</context>
<context>
    <name>BulkEdit</name>
    <message>
        <source>Change</source>
        <translation>Changer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Of which crowns</source>
        <translation>De quels houppiers</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Régler</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>To a value or by an expression</source>
        <translation>Sur une valeur ou par une expression</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>What is set</source>
        <translation>Ce qui est réglé</translation>
    </message>
    <message>
        <source>by</source>
        <translation>par</translation>
    </message>
    <message>
        <source>of</source>
        <translation>de</translation>
    </message>
    <message>
        <source>round(height_m) or species || &apos; &apos; || note</source>
        <translation>round(height_m) or species || &apos; &apos; || note</translation>
    </message>
    <message>
        <source>the {count} selected</source>
        <translation>les {count} sélectionnés</translation>
    </message>
    <message>
        <source>the {count} that the filter shows</source>
        <translation>les {count} que montre le filtre</translation>
    </message>
    <message>
        <source>to</source>
        <translation>sur</translation>
    </message>
    <message>
        <source>{changes} of {total} become {value}</source>
        <translation>{changes} de {total} deviennent {value}</translation>
    </message>
    <message>
        <source>{changes} of {total} change</source>
        <translation>{changes} sur {total} changent</translation>
    </message>
    <message>
        <source>{changes} of {total} lose it</source>
        <translation>{changes} sur {total} la perdent</translation>
    </message>
    <message>
        <source>{count} changed. Ctrl+Z takes it back.</source>
        <translation>{count} changés. Ctrl+Z l&apos;annule.</translation>
    </message>
</context>
<context>
    <name>ChangesModel</name>
    <message>
        <source>Crown growth</source>
        <translation>Accr. du houppier</translation>
    </message>
    <message>
        <source>Crown now</source>
        <translation>Houppier actuel</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Mort</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>Devenir</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Disparu</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Accroissement</translation>
    </message>
    <message>
        <source>Growth a year</source>
        <translation>Accr. annuel</translation>
    </message>
    <message>
        <source>Height now</source>
        <translation>Hauteur actuelle</translation>
    </message>
    <message>
        <source>Height then</source>
        <translation>Hauteur d&apos;avant</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Not outlined now</source>
        <translation>Non délimité maintenant</translation>
    </message>
    <message>
        <source>Not outlined then</source>
        <translation>Non délimité avant</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Outside or at an edge</source>
        <translation>Hors du relevé ou au bord</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Survived</source>
        <translation>Survivant</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Avant</translation>
    </message>
</context>
<context>
    <name>ChipPair</name>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
</context>
<context>
    <name>ChipView</name>
    <message>
        <source>{hits} of {crowns} found, {wrong} wrong</source>
        <translation>{hits} sur {crowns} trouvés, {wrong} faux</translation>
    </message>
</context>
<context>
    <name>ChoosePage</name>
    <message>
        <source>&amp;Add plots…</source>
        <translation>&amp;Ajouter des placettes…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>&amp;Model to improve</source>
        <translation>&amp;Modèle à améliorer</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>&amp;Time for it</source>
        <translation>&amp;Temps accordé</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>About {steps} steps of learning on this computer (measured {when}: {pace} s a step). It stops earlier when nothing more is gained.</source>
        <translation>Environ {steps} pas d&apos;apprentissage sur cet ordinateur (mesuré le {when} : {pace} s par pas). L&apos;apprentissage s&apos;arrête plus tôt quand il n&apos;apporte plus rien.</translation>
    </message>
    <message>
        <source>BirchTree plots</source>
        <translation>Placettes BirchTree</translation>
    </message>
    <message>
        <source>Choose a plot to learn from.</source>
        <translation>Choisissez une placette dont apprendre.</translation>
    </message>
    <message>
        <source>Every crown of {name} is &amp;outlined and reviewed</source>
        <translation>Tous les houppiers de {name} sont &amp;délimités et révisés</translation>
    </message>
    <message>
        <source>How fast this computer learns is being measured…</source>
        <translation>Mesure de la vitesse d&apos;apprentissage de cet ordinateur…</translation>
    </message>
    <message>
        <source>Learn from these plots</source>
        <translation>Apprendre de ces placettes</translation>
    </message>
    <message>
        <source>None: begin from nothing (needs hours and hundreds of crowns)</source>
        <translation>Aucun : partir de zéro (demande des heures et des centaines de houppiers)</translation>
    </message>
    <message>
        <source>Plots to learn from</source>
        <translation>Placettes dont apprendre</translation>
    </message>
    <message>
        <source>Reading the plots…</source>
        <translation>Lecture des placettes…</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} heures</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} minutes</translation>
    </message>
    <message>
        <source>{train} crowns to learn from, {valid} to decide when to stop, {test} kept apart to compare the models on.</source>
        <translation>{train} houppiers pour apprendre, {valid} pour décider de l&apos;arrêt, {test} mis à part pour comparer les modèles.</translation>
    </message>
</context>
<context>
    <name>ClassChart</name>
    <message>
        <source>{text}, {count} selected</source>
        <translation>{text}, {count} sélectionnés</translation>
    </message>
</context>
<context>
    <name>ClickActions</name>
    <message>
        <source>&amp;Heights help clicks</source>
        <translation>Les &amp;hauteurs aident les clics</translation>
    </message>
    <message>
        <source>&amp;Model for clicks</source>
        <translation>&amp;Modèle pour les clics</translation>
    </message>
    <message>
        <source>A crown outlined by click does not overlap crowns that you accepted, edited or drew</source>
        <translation>Un houppier délimité par clic n&apos;empiète pas sur ceux que vous avez acceptés, modifiés ou dessinés</translation>
    </message>
    <message>
        <source>Clicked crowns &amp;end at accepted ones</source>
        <translation>Les houppiers cliqués s&apos;&amp;arrêtent aux houppiers acceptés</translation>
    </message>
    <message>
        <source>None is installed</source>
        <translation>Aucun n&apos;est installé</translation>
    </message>
    <message>
        <source>Treetops, valleys and ground of the DSM help to outline what is clicked</source>
        <translation>Les cimes, les creux et le sol du MNS aident à délimiter ce qui est cliqué</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Fields of this plot…</source>
        <translation>Champs de cette placette…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>The usual columns, in their usual order and width</source>
        <translation>Les colonnes habituelles, dans leur ordre et leur largeur habituels</translation>
    </message>
    <message>
        <source>Tick what is shown; drag, or Ctrl+Up and Ctrl+Down, to arrange</source>
        <translation>Cochez ce qui est affiché ; glissez, ou Ctrl+Haut et Ctrl+Bas, pour ranger</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>95th percentile of the heights inside, in metres</source>
        <translation>95e centile des hauteurs à l&apos;intérieur, en mètres</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>Area m²</source>
        <translation>Surf. m²</translation>
    </message>
    <message>
        <source>Area of the outline, in square metres</source>
        <translation>Surface du contour, en mètres carrés</translation>
    </message>
    <message>
        <source>Biomass above ground by the named equation, in kilograms</source>
        <translation>Biomasse aérienne selon l&apos;équation indiquée, en kilogrammes</translation>
    </message>
    <message>
        <source>Biomass kg</source>
        <translation>Biomasse kg</translation>
    </message>
    <message>
        <source>CHM m</source>
        <translation>MHC m</translation>
    </message>
    <message>
        <source>Choice from a list</source>
        <translation>Choix dans une liste</translation>
    </message>
    <message>
        <source>DBH cm</source>
        <translation>DHP cm</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Decimal number</source>
        <translation>Nombre décimal</translation>
    </message>
    <message>
        <source>Diam. m</source>
        <translation>Diam. m</translation>
    </message>
    <message>
        <source>Diameter at breast height by the named equation, in centimetres</source>
        <translation>Diamètre à hauteur de poitrine selon l&apos;équation indiquée, en centimètres</translation>
    </message>
    <message>
        <source>Diameter of the circle with the same area, in metres</source>
        <translation>Diamètre du cercle de même surface, en mètres</translation>
    </message>
    <message>
        <source>Edited at</source>
        <translation>Modifié le</translation>
    </message>
    <message>
        <source>Edited by</source>
        <translation>Modifié par</translation>
    </message>
    <message>
        <source>Field of this plot: {kind}; double-click to change</source>
        <translation>Champ de cette placette : {kind} ; double-cliquez pour le changer</translation>
    </message>
    <message>
        <source>Free text; double-click to change</source>
        <translation>Texte libre ; double-cliquez pour le changer</translation>
    </message>
    <message>
        <source>Height by the trait model, in metres</source>
        <translation>Hauteur selon le modèle de caractères, en mètres</translation>
    </message>
    <message>
        <source>Height m</source>
        <translation>Haut. m</translation>
    </message>
    <message>
        <source>Highest point above the ground, in metres</source>
        <translation>Point le plus haut au-dessus du sol, en mètres</translation>
    </message>
    <message>
        <source>Highest point of the canopy height model, in metres</source>
        <translation>Point le plus haut du modèle de hauteur de canopée, en mètres</translation>
    </message>
    <message>
        <source>How far the model&apos;s height is from the CHM&apos;s, as a share of it; large ones are worth a look</source>
        <translation>Écart entre la hauteur du modèle et celle du MHC, en proportion de celle-ci ; les grands écarts méritent un coup d&apos;œil</translation>
    </message>
    <message>
        <source>How sure the model is, 0 to 1</source>
        <translation>Certitude du modèle, de 0 à 1</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>Length of the outline, in metres</source>
        <translation>Longueur du contour, en mètres</translation>
    </message>
    <message>
        <source>Likely species</source>
        <translation>Essences probables</translation>
    </message>
    <message>
        <source>Model m</source>
        <translation>Modèle m</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Number of the crown, never used twice</source>
        <translation>Numéro du houppier, jamais réutilisé</translation>
    </message>
    <message>
        <source>Perim. m</source>
        <translation>Périm. m</translation>
    </message>
    <message>
        <source>Scientific name; double-click to change</source>
        <translation>Nom scientifique ; double-cliquez pour le changer</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>The model&apos;s likeliest species with their probabilities</source>
        <translation>Essences les plus probables selon le modèle, avec leur probabilité</translation>
    </message>
    <message>
        <source>What a person decided about the crown</source>
        <translation>Ce qu&apos;une personne a décidé du houppier</translation>
    </message>
    <message>
        <source>When it was touched last</source>
        <translation>Date de la dernière modification</translation>
    </message>
    <message>
        <source>Where the height comes from</source>
        <translation>Origine de la hauteur</translation>
    </message>
    <message>
        <source>Who touched the crown last</source>
        <translation>Auteur de la dernière modification</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Nombre entier</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Oui ou non</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>accepté</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>dessiné</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>p95 m</source>
        <translation>p95 m</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>proposé</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
</context>
<context>
    <name>ConfidenceHistogram</name>
    <message>
        <source>Proposed crowns below this score are dimmed on the map</source>
        <translation>Les houppiers proposés sous ce score sont estompés sur la carte</translation>
    </message>
    <message>
        <source>Threshold of the score</source>
        <translation>Seuil du score</translation>
    </message>
    <message>
        <source>{count} by score</source>
        <translation>{count} selon le score</translation>
    </message>
</context>
<context>
    <name>CrownActions</name>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Accepter</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>&amp;Zoom to selection</source>
        <translation>&amp;Zoomer sur la sélection</translation>
    </message>
    <message>
        <source>Accept the selected crowns</source>
        <translation>Accepter les houppiers sélectionnés</translation>
    </message>
    <message>
        <source>Delete the selected crowns; undo brings them back</source>
        <translation>Supprimer les houppiers sélectionnés ; « Annuler » les rétablit</translation>
    </message>
    <message>
        <source>Every crown has been reviewed.</source>
        <translation>Tous les houppiers ont été révisés.</translation>
    </message>
    <message>
        <source>Go to the next crown that nobody has reviewed</source>
        <translation>Aller au prochain houppier que personne n&apos;a révisé</translation>
    </message>
    <message>
        <source>Name the &amp;species</source>
        <translation>Nommer l&apos;&amp;essence</translation>
    </message>
    <message>
        <source>Ne&amp;xt proposed crown</source>
        <translation>&amp;Houppier proposé suivant</translation>
    </message>
    <message>
        <source>Write a &amp;note</source>
        <translation>Écrire une &amp;note</translation>
    </message>
</context>
<context>
    <name>CrownClipboard</name>
    <message>
        <source>1 crown copied.</source>
        <translation>1 houppier copié.</translation>
    </message>
    <message>
        <source>{count} crowns copied.</source>
        <translation>{count} houppiers copiés.</translation>
    </message>
</context>
<context>
    <name>CrownDetails</name>
    <message>
        <source>Biomass</source>
        <translation>Biomasse</translation>
    </message>
    <message>
        <source>CHM, 95 %</source>
        <translation>MHC, 95 %</translation>
    </message>
    <message>
        <source>CHM, highest</source>
        <translation>MHC, maximum</translation>
    </message>
    <message>
        <source>DBH</source>
        <translation>DHP</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Height from</source>
        <translation>Hauteur selon</translation>
    </message>
    <message>
        <source>Heights side by side</source>
        <translation>Hauteurs côte à côte</translation>
    </message>
    <message>
        <source>Likely species</source>
        <translation>Essences probables</translation>
    </message>
    <message>
        <source>Mean DBH</source>
        <translation>DHP moyen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Côte à côte</translation>
    </message>
    <message>
        <source>Total biomass</source>
        <translation>Biomasse totale</translation>
    </message>
    <message>
        <source>cut by the edge</source>
        <translation>coupé par le bord</translation>
    </message>
    <message>
        <source>{share} apart</source>
        <translation>{share} d&apos;écart</translation>
    </message>
</context>
<context>
    <name>CrownLikeness</name>
    <message>
        <source>Comparing</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Comparing crowns…</source>
        <translation>Comparaison des houppiers…</translation>
    </message>
    <message>
        <source>No crown has been read, so none can be compared.</source>
        <translation>Aucun houppier n&apos;a été lu ; aucun ne peut donc être comparé.</translation>
    </message>
</context>
<context>
    <name>CrownPictures</name>
    <message>
        <source>Bright is what {model} looks at</source>
        <translation>En clair : ce que regarde {model}</translation>
    </message>
    <message>
        <source>Light up what the trait model looks at to name the species</source>
        <translation>Éclairer ce que le modèle regarde pour nommer l&apos;essence</translation>
    </message>
    <message>
        <source>Where the model looks</source>
        <translation>Où le modèle regarde</translation>
    </message>
</context>
<context>
    <name>CrownProfileView</name>
    <message>
        <source>Heights along the crown</source>
        <translation>Hauteurs le long du houppier</translation>
    </message>
    <message>
        <source>{length} along the crown&apos;s long axis, highest {height} above the ground</source>
        <translation>{length} le long du grand axe du houppier, au plus {height} au-dessus du sol</translation>
    </message>
</context>
<context>
    <name>CrownsTable</name>
    <message>
        <source>Change this field…</source>
        <translation>Changer ce champ…</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>Choisir les colonnes…</translation>
    </message>
    <message>
        <source>Click into the column to paste into first.</source>
        <translation>Cliquez d&apos;abord dans la colonne où coller.</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>Ajuster la largeur</translation>
    </message>
    <message>
        <source>Hide {column}</source>
        <translation>Masquer {column}</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>Déplacer vers la gauche</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>Déplacer vers la droite</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>Nouveau champ…</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Rétablir les colonnes</translation>
    </message>
    <message>
        <source>Sort downwards</source>
        <translation>Trier en ordre décroissant</translation>
    </message>
    <message>
        <source>Sort upwards</source>
        <translation>Trier en ordre croissant</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>, F1 on validation {f1}, at best {best}</source>
        <translation>, F1 de validation {f1}, au mieux {best}</translation>
    </message>
    <message>
        <source>Course of the training, nothing yet</source>
        <translation>Courbe de l&apos;entraînement, encore vide</translation>
    </message>
    <message>
        <source>Course of the training: loss {loss} at step {step}</source>
        <translation>Courbe de l&apos;entraînement : perte {loss} au pas {step}</translation>
    </message>
    <message>
        <source>F1 on validation</source>
        <translation>F1 de validation</translation>
    </message>
    <message>
        <source>Loss, drawing outlines</source>
        <translation>Perte, tracé des contours</translation>
    </message>
    <message>
        <source>Loss, finding crowns</source>
        <translation>Perte, détection des houppiers</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>pas {step}</translation>
    </message>
</context>
<context>
    <name>DisplayActions</name>
    <message>
        <source>&amp;Overview map</source>
        <translation>Carte d&apos;&amp;ensemble</translation>
    </message>
    <message>
        <source>Con&amp;tours</source>
        <translation>Courbes de &amp;niveau</translation>
    </message>
    <message>
        <source>Hide crowns while held</source>
        <translation>Masquer les houppiers tant que la touche est enfoncée</translation>
    </message>
    <message>
        <source>Hillshade while held</source>
        <translation>Ombrage tant que la touche est enfoncée</translation>
    </message>
    <message>
        <source>Le&amp;gend</source>
        <translation>&amp;Légende</translation>
    </message>
    <message>
        <source>Move the swipe line &amp;left</source>
        <translation>Déplacer le rideau vers la &amp;gauche</translation>
    </message>
    <message>
        <source>Move the swipe line &amp;right</source>
        <translation>Déplacer le rideau vers la &amp;droite</translation>
    </message>
    <message>
        <source>S&amp;wipe</source>
        <translation>&amp;Rideau</translation>
    </message>
    <message>
        <source>Second &amp;view beside the map</source>
        <translation>Deuxième &amp;vue à côté de la carte</translation>
    </message>
    <message>
        <source>The same place in another layer; both move and zoom together</source>
        <translation>Le même endroit dans une autre couche ; les deux vues se déplacent et zooment ensemble</translation>
    </message>
    <message>
        <source>Uncover another layer with a line that you drag across the map</source>
        <translation>Découvrir une autre couche avec un rideau que l&apos;on tire sur la carte</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close {panel}</source>
        <translation>Fermer {panel}</translation>
    </message>
</context>
<context>
    <name>DropActions</name>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>{name} is a training set, made for the command line and for other programs: {command}. The window learns from plots themselves: Models, Improve the model.</source>
        <translation>{name} est un jeu d&apos;entraînement, fait pour la ligne de commande et d&apos;autres programmes : {command}. La fenêtre apprend des placettes elles-mêmes : Modèles, Améliorer le modèle.</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>BirchTree takes GeoTIFFs, .birch.gpkg plots, vector files, models and folders of these</source>
        <translation>BirchTree prend les GeoTIFF, les placettes .birch.gpkg, les fichiers vectoriels, les modèles et les dossiers qui en contiennent</translation>
    </message>
    <message>
        <source>Import the crowns of {name} into this plot. With Shift: use it as the area of interest</source>
        <translation>Importer les houppiers de {name} dans cette placette. Avec Maj : l&apos;employer comme zone d&apos;intérêt</translation>
    </message>
    <message>
        <source>Install the model of the folder {name}</source>
        <translation>Installer le modèle du dossier {name}</translation>
    </message>
    <message>
        <source>Install the model {name}</source>
        <translation>Installer le modèle {name}</translation>
    </message>
    <message>
        <source>Let a model learn from the {count} plots of {name}</source>
        <translation>Faire apprendre un modèle des {count} placettes de {name}</translation>
    </message>
    <message>
        <source>Open a plot first, then drop its crowns here</source>
        <translation>Ouvrez d&apos;abord une placette, puis déposez ses houppiers ici</translation>
    </message>
    <message>
        <source>Open the plot {name}</source>
        <translation>Ouvrir la placette {name}</translation>
    </message>
    <message>
        <source>Open {name} as a plot</source>
        <translation>Ouvrir {name} comme placette</translation>
    </message>
    <message>
        <source>Open {name} as a plot, with {others}</source>
        <translation>Ouvrir {name} comme placette, avec {others}</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read</source>
        <translation>Le dossier {name} est illisible</translation>
    </message>
    <message>
        <source>The name {name} has letters from another system. Rename it, then drop it again</source>
        <translation>Le nom {name} a des lettres d&apos;un autre système. Renommez-le, puis déposez-le de nouveau</translation>
    </message>
    <message>
        <source>This plot cannot take crowns now</source>
        <translation>Cette placette ne peut pas recevoir de houppiers en ce moment</translation>
    </message>
    <message>
        <source>Use {name} as the area of interest of this plot. With Shift: import its shapes as crowns</source>
        <translation>Employer {name} comme zone d&apos;intérêt de cette placette. Avec Maj : importer ses formes comme houppiers</translation>
    </message>
    <message>
        <source>Use {name} as the elevation of this plot</source>
        <translation>Employer {name} comme altitude de cette placette</translation>
    </message>
    <message>
        <source>{name} holds neither one survey, plots, a model nor a training set</source>
        <translation>{name} ne contient ni relevé, ni placettes, ni modèle, ni jeu d&apos;entraînement</translation>
    </message>
    <message>
        <source>{name} is a training set: see what it is for</source>
        <translation>{name} est un jeu d&apos;entraînement : voir à quoi il sert</translation>
    </message>
</context>
<context>
    <name>EarlierPicture</name>
    <message>
        <source>{title}: reading…</source>
        <translation>{title} : lecture…</translation>
    </message>
</context>
<context>
    <name>EditActions</name>
    <message>
        <source>&amp;Invert selection</source>
        <translation>&amp;Inverser la sélection</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>&amp;Redo {edit}</source>
        <translation>&amp;Rétablir : {edit}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Undo {edit}</source>
        <translation>&amp;Annuler : {edit}</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>&amp;Désélectionner tout</translation>
    </message>
    <message>
        <source>Select &amp;proposed crowns</source>
        <translation>Sélectionner les houppiers &amp;proposés</translation>
    </message>
</context>
<context>
    <name>EditingActions</name>
    <message>
        <source>&amp;Copy crowns</source>
        <translation>&amp;Copier les houppiers</translation>
    </message>
    <message>
        <source>&amp;Fill all holes</source>
        <translation>Combler tous les &amp;trous</translation>
    </message>
    <message>
        <source>&amp;Keep crowns apart</source>
        <translation>&amp;Houppiers disjoints</translation>
    </message>
    <message>
        <source>&amp;Paste crowns</source>
        <translation>C&amp;oller des houppiers</translation>
    </message>
    <message>
        <source>Copy crowns as &amp;GeoJSON</source>
        <translation>Copier les houppiers en &amp;GeoJSON</translation>
    </message>
    <message>
        <source>Cut the selected crowns along the valleys between their peaks</source>
        <translation>Couper les houppiers sélectionnés le long des creux entre leurs cimes</translation>
    </message>
    <message>
        <source>Move the border of the selected crowns to the valley of the heights around it</source>
        <translation>Amener le bord des houppiers sélectionnés au creux des hauteurs qui l&apos;entoure</translation>
    </message>
    <message>
        <source>New ground ends where another crown begins, and shared borders move together</source>
        <translation>Tout nouveau terrain s&apos;arrête où commence un autre houppier, et les bords communs bougent ensemble</translation>
    </message>
    <message>
        <source>Paste crowns that were copied here, or WKT or GeoJSON from another program</source>
        <translation>Coller des houppiers copiés ici, ou du WKT ou GeoJSON d&apos;un autre programme</translation>
    </message>
    <message>
        <source>Select by &amp;attribute…</source>
        <translation>Sélectionner par attri&amp;but…</translation>
    </message>
    <message>
        <source>Select the &amp;same species</source>
        <translation>Sélectionner la même &amp;essence</translation>
    </message>
    <message>
        <source>Select where</source>
        <translation>Sélectionner selon</translation>
    </message>
    <message>
        <source>Select {count} crowns at most for this.</source>
        <translation>Sélectionnez au plus {count} houppiers pour cela.</translation>
    </message>
    <message>
        <source>Snap border to the height &amp;valley</source>
        <translation>&amp;Ajuster le bord au creux des hauteurs</translation>
    </message>
    <message>
        <source>Split at the &amp;peaks</source>
        <translation>&amp;Séparer aux cimes</translation>
    </message>
    <message>
        <source>height &gt; 20 and species ~ picea</source>
        <translation>height &gt; 20 and species ~ picea</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>pas compris</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} houppiers</translation>
    </message>
    <message>
        <source>{step} down</source>
        <translation>{step} vers le bas</translation>
    </message>
    <message>
        <source>{step} to the left</source>
        <translation>{step} vers la gauche</translation>
    </message>
    <message>
        <source>{step} to the right</source>
        <translation>{step} vers la droite</translation>
    </message>
    <message>
        <source>{step} up</source>
        <translation>{step} vers le haut</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Draw a crown</source>
        <translation>Dessiner un houppier</translation>
    </message>
    <message>
        <source>Let BirchTree outline the crowns, or draw the first one yourself.</source>
        <translation>Laissez BirchTree délimiter les houppiers, ou dessinez vous-même le premier.</translation>
    </message>
    <message>
        <source>No crowns yet</source>
        <translation>Pas encore de houppiers</translation>
    </message>
    <message>
        <source>Segment this plot</source>
        <translation>Segmenter cette placette</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>COCO</source>
        <translation>COCO</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tableau CSV</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Export crowns</source>
        <translation>Exporter les houppiers</translation>
    </message>
    <message>
        <source>Export {count} crowns</source>
        <translation>Exporter {count} houppiers</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>F&amp;ichier</translation>
    </message>
    <message>
        <source>For QGIS and other modern GIS: one file, long names.</source>
        <translation>Pour QGIS et les autres SIG récents : un seul fichier, noms longs.</translation>
    </message>
    <message>
        <source>For any GIS and for training. Names of at most 10 characters; a .json beside it says how the crowns were made.</source>
        <translation>Pour tout SIG et pour l&apos;entraînement. Noms de 10 caractères au plus ; un .json joint dit comment les houppiers ont été obtenus.</translation>
    </message>
    <message>
        <source>For spreadsheets: one row per crown, without outlines.</source>
        <translation>Pour les tableurs : une ligne par houppier, sans contours.</translation>
    </message>
    <message>
        <source>For the web and for scripts; longitude and latitude.</source>
        <translation>Pour le web et les scripts ; longitude et latitude.</translation>
    </message>
    <message>
        <source>For training: outlines in pixels of the orthomosaic.</source>
        <translation>Pour l&apos;entraînement : contours en pixels de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>GeoJSON</source>
        <translation>GeoJSON</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Nommez un fichier.</translation>
    </message>
    <message>
        <source>No crown has been reviewed yet.</source>
        <translation>Aucun houppier n&apos;a encore été révisé.</translation>
    </message>
    <message>
        <source>Only &amp;reviewed crowns (accepted, edited or drawn)</source>
        <translation>Seulement les houppiers &amp;révisés (acceptés, modifiés ou dessinés)</translation>
    </message>
    <message>
        <source>Shapefile</source>
        <translation>Shapefile</translation>
    </message>
    <message>
        <source>There are no crowns.</source>
        <translation>Il n&apos;y a pas de houppiers.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Le dossier {folder} n&apos;existe pas.</translation>
    </message>
    <message>
        <source>{name} exists and will be replaced.</source>
        <translation>{name} existe et sera remplacé.</translation>
    </message>
</context>
<context>
    <name>ExportSetDialog</name>
    <message>
        <source> cells</source>
        <translation> cellules</translation>
    </message>
    <message>
        <source> cm</source>
        <translation> cm</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Choisir…</translation>
    </message>
    <message>
        <source>&amp;Every crown of the plot is outlined and reviewed</source>
        <translation>&amp;Tous les houppiers de la placette sont délimités et révisés</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>&amp;Tile</source>
        <translation>&amp;Tuile</translation>
    </message>
    <message>
        <source>Ce&amp;ll</source>
        <translation>Ce&amp;llule</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export training set</source>
        <translation>Exporter un jeu d&apos;entraînement</translation>
    </message>
    <message>
        <source>Folder of the training set</source>
        <translation>Dossier du jeu d&apos;entraînement</translation>
    </message>
    <message>
        <source>Name a folder that can be made.</source>
        <translation>Indiquez un dossier qui puisse être créé.</translation>
    </message>
    <message>
        <source>Reading the plot…</source>
        <translation>Lecture de la placette…</translation>
    </message>
    <message>
        <source>This folder is in use; a training set needs a new or empty one.</source>
        <translation>Ce dossier est déjà utilisé ; un jeu d&apos;entraînement demande un dossier neuf ou vide.</translation>
    </message>
    <message>
        <source>{train} crowns for training, {valid} for validation, {test} for the test.</source>
        <translation>{train} houppiers pour l&apos;entraînement, {valid} pour la validation, {test} pour le test.</translation>
    </message>
</context>
<context>
    <name>ExpressionLine</name>
    <message>
        <source>What may follow</source>
        <translation>Ce qui peut suivre</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>A fault in BirchTree</source>
        <translation>Une défaillance de BirchTree</translation>
    </message>
    <message>
        <source>BirchTree closed unexpectedly last time. Nothing was lost: every edit is on disk at once.</source>
        <translation>BirchTree s&apos;est fermé de façon inattendue la dernière fois. Rien n&apos;a été perdu : chaque modification est aussitôt sur le disque.</translation>
    </message>
    <message>
        <source>Something went wrong in BirchTree. Your plot is safe: every edit is already on disk. You can go on working; if it happens again, restart BirchTree and send the details below to its makers.</source>
        <translation>Une erreur s&apos;est produite dans BirchTree. Votre placette est sauve : chaque modification est déjà sur le disque. Vous pouvez continuer ; si l&apos;erreur revient, redémarrez BirchTree et envoyez les détails ci-dessous à ses auteurs.</translation>
    </message>
</context>
<context>
    <name>FieldsDialog</name>
    <message>
        <source>&amp;Choices</source>
        <translation>&amp;Choix</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Type</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Add field</source>
        <translation>Ajouter un champ</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Choix</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Fields of this plot</source>
        <translation>Champs de cette placette</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>Nouveau champ…</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Rien n&apos;a été changé.</translation>
    </message>
    <message>
        <source>One choice in each line</source>
        <translation>Un choix par ligne</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Enregistrer les changements</translation>
    </message>
    <message>
        <source>Show this field further to the left</source>
        <translation>Montrer ce champ plus à gauche</translation>
    </message>
    <message>
        <source>Show this field further to the right</source>
        <translation>Montrer ce champ plus à droite</translation>
    </message>
    <message>
        <source>The kind of a field that is there cannot be changed</source>
        <translation>Le type d&apos;un champ existant ne peut pas être changé</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>{name} is back.</source>
        <translation>{name} est de retour.</translation>
    </message>
    <message>
        <source>{name} was added: a column of the table, a line of the inspector.</source>
        <translation>{name} a été ajouté : une colonne du tableau, une ligne de l&apos;inspecteur.</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name} a été changé.</translation>
    </message>
    <message>
        <source>{name} was deleted, with the values of {count} crowns.</source>
        <translation>{name} a été supprimé, avec les valeurs de {count} houppiers.</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>&amp;Close plot</source>
        <translation>&amp;Fermer la placette</translation>
    </message>
    <message>
        <source>&amp;Export crowns…</source>
        <translation>&amp;Exporter les houppiers…</translation>
    </message>
    <message>
        <source>&amp;Import crowns…</source>
        <translation>&amp;Importer des houppiers…</translation>
    </message>
    <message>
        <source>&amp;Open a plot…</source>
        <translation>&amp;Ouvrir une placette…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Add crowns from any vector file</source>
        <translation>Ajouter les houppiers d&apos;un fichier vectoriel quelconque</translation>
    </message>
    <message>
        <source>Copy saved as {name}.</source>
        <translation>Copie enregistrée sous {name}.</translation>
    </message>
    <message>
        <source>Every edit is saved at once in {name}; there is nothing left to save.</source>
        <translation>Chaque modification est aussitôt enregistrée dans {name} ; il ne reste rien à enregistrer.</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>Le retrouver…</translation>
    </message>
    <message>
        <source>Import co&amp;rrections…</source>
        <translation>Importer des co&amp;rrections…</translation>
    </message>
    <message>
        <source>Import corrections</source>
        <translation>Importer des corrections</translation>
    </message>
    <message>
        <source>Import crowns</source>
        <translation>Importer des houppiers</translation>
    </message>
    <message>
        <source>Make a small forest with known crowns and open it</source>
        <translation>Créer une petite forêt aux houppiers connus et l&apos;ouvrir</translation>
    </message>
    <message>
        <source>Open a plot</source>
        <translation>Ouvrir une placette</translation>
    </message>
    <message>
        <source>Open an orthomosaic or a BirchTree plot</source>
        <translation>Ouvrir une orthomosaïque ou une placette BirchTree</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>Enre&amp;gistrer</translation>
    </message>
    <message>
        <source>Save a &amp;copy of the plot…</source>
        <translation>Enregistrer une &amp;copie de la placette…</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Enregistrer une copie</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>&amp;Montrer dans le dossier</translation>
    </message>
    <message>
        <source>Take back crowns that were exported and corrected in a GIS: what the file lacks is deleted</source>
        <translation>Reprendre des houppiers exportés et corrigés dans un SIG : ce que le fichier n&apos;a pas est supprimé</translation>
    </message>
    <message>
        <source>The plot itself is saved after every edit</source>
        <translation>La placette elle-même est enregistrée à chaque modification</translation>
    </message>
    <message>
        <source>Try the &amp;sample plot</source>
        <translation>Essayer la placette d&apos;e&amp;xemple</translation>
    </message>
    <message>
        <source>Where is {name} now?</source>
        <translation>Où se trouve {name} maintenant ?</translation>
    </message>
    <message>
        <source>Write shapefile, GeoPackage, GeoJSON, CSV or COCO</source>
        <translation>Écrire un shapefile, GeoPackage, GeoJSON, CSV ou COCO</translation>
    </message>
    <message>
        <source>{name} is open already.</source>
        <translation>{name} est déjà ouvert.</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Choose {what}</source>
        <translation>Choisir : {what}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Changer…</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Choisir les colonnes</translation>
    </message>
    <message>
        <source>Do not keep it</source>
        <translation>Ne pas le garder</translation>
    </message>
    <message>
        <source>Filter the crowns</source>
        <translation>Filtrer les houppiers</translation>
    </message>
    <message>
        <source>Filter: height &gt; 10 and species = Picea glauca</source>
        <translation>Filtre : height &gt; 10 and species = Picea glauca</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Give many crowns a value at once</source>
        <translation>Donner d&apos;un coup une valeur à de nombreux houppiers</translation>
    </message>
    <message>
        <source>Keep the filter under this name</source>
        <translation>Garder le filtre sous ce nom</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>More quick filters</source>
        <translation>Autres filtres rapides</translation>
    </message>
    <message>
        <source>Name of this filter</source>
        <translation>Nom de ce filtre</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Enregistrer ce filtre…</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Filtres enregistrés</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Sélectionner</translation>
    </message>
    <message>
        <source>Select on the map what the filter shows</source>
        <translation>Sélectionner sur la carte ce que montre le filtre</translation>
    </message>
    <message>
        <source>{count}, looking…</source>
        <translation>{count}, recherche…</translation>
    </message>
    <message>
        <source>{shown} of {total} crowns</source>
        <translation>{shown} houppiers sur {total}</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Alike first</source>
        <translation>Semblables d&apos;abord</translation>
    </message>
    <message>
        <source>All crowns</source>
        <translation>Tous les houppiers</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Par numéro</translation>
    </message>
    <message>
        <source>By species</source>
        <translation>Par essence</translation>
    </message>
    <message>
        <source>Crown {number}: {species}, {height}</source>
        <translation>Houppier {number} : {species}, {height}</translation>
    </message>
    <message>
        <source>Every species</source>
        <translation>Toutes les essences</translation>
    </message>
    <message>
        <source>Gallery of crowns</source>
        <translation>Galerie des houppiers</translation>
    </message>
    <message>
        <source>Like the selected</source>
        <translation>Comme la sélection</translation>
    </message>
    <message>
        <source>Most doubtful first</source>
        <translation>Plus douteux d&apos;abord</translation>
    </message>
    <message>
        <source>Named by a model</source>
        <translation>Nommés par un modèle</translation>
    </message>
    <message>
        <source>Named by a person</source>
        <translation>Nommés par une personne</translation>
    </message>
    <message>
        <source>No crown is like that: choose other crowns or another species above.</source>
        <translation>Aucun houppier n&apos;est ainsi : choisissez d&apos;autres houppiers ou une autre essence ci-dessus.</translation>
    </message>
    <message>
        <source>Not yet named by a person</source>
        <translation>Non encore nommés par une personne</translation>
    </message>
    <message>
        <source>Only this species</source>
        <translation>Seulement cette essence</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Pictures of the crowns stand here, to be named many at a time. There are no crowns yet: segment the plot, or draw them.</source>
        <translation>Les images des houppiers sont ici, pour en nommer beaucoup à la fois. Il n&apos;y a pas encore de houppiers : segmentez la placette, ou dessinez-les.</translation>
    </message>
    <message>
        <source>Put the crowns first that look like the selected ones</source>
        <translation>Mettre d&apos;abord les houppiers qui ressemblent à la sélection</translation>
    </message>
    <message>
        <source>Select a crown first; the gallery then shows those like it.</source>
        <translation>Sélectionnez d&apos;abord un houppier ; la galerie montre alors ceux qui lui ressemblent.</translation>
    </message>
    <message>
        <source>Tallest first</source>
        <translation>Plus hauts d&apos;abord</translation>
    </message>
    <message>
        <source>Weakest outlines first</source>
        <translation>Contours les plus faibles d&apos;abord</translation>
    </message>
    <message>
        <source>Which crowns</source>
        <translation>Quels houppiers</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>non nommée</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} sur {total}</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Backspace</source>
        <translation>Retour arrière</translation>
    </message>
    <message>
        <source>Cancel; then select nothing</source>
        <translation>Abandonner ; puis tout désélectionner</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Move and zoom</source>
        <translation>Déplacer et zoomer</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Déplacer la carte</translation>
    </message>
    <message>
        <source>Shift+1 – 9</source>
        <translation>Maj+1 – 9</translation>
    </message>
    <message>
        <source>Space+drag</source>
        <translation>Espace+glisser</translation>
    </message>
    <message>
        <source>Species of the list</source>
        <translation>Essence de la liste</translation>
    </message>
    <message>
        <source>Species that the model holds likely</source>
        <translation>Essence que le modèle tient pour probable</translation>
    </message>
    <message>
        <source>Take the last point back</source>
        <translation>Reprendre le dernier point</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Zoomer sous le curseur</translation>
    </message>
    <message>
        <source>arrows, + -</source>
        <translation>flèches, + -</translation>
    </message>
    <message>
        <source>middle-drag</source>
        <translation>bouton du milieu</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>molette</translation>
    </message>
</context>
<context>
    <name>HeightBars</name>
    <message>
        <source>Crowns by height</source>
        <translation>Houppiers par hauteur</translation>
    </message>
    <message>
        <source>Crowns in height classes of {step} m</source>
        <translation>Houppiers par classes de hauteur de {step} m</translation>
    </message>
    <message>
        <source>crowns by height</source>
        <translation>houppiers par hauteur</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;About BirchTree</source>
        <translation>À &amp;propos de BirchTree</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>&amp;Rechercher une commande…</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>Panneau : {name}</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>Montrer le dossier du &amp;journal</translation>
    </message>
</context>
<context>
    <name>HistogramChart</name>
    <message>
        <source>not measured</source>
        <translation>non mesuré</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{who}. Undone: redo brings it back.</source>
        <translation>{who}. Annulé : « Rétablir » le ramène.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Double-click an edit to go back to the state after it</source>
        <translation>Double-cliquez sur une modification pour revenir à l&apos;état qui l&apos;a suivie</translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation>Historique des modifications</translation>
    </message>
</context>
<context>
    <name>Hud</name>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
</context>
<context>
    <name>ImproveActions</name>
    <message>
        <source>&amp;Improve the model with my corrections…</source>
        <translation>&amp;Améliorer le modèle avec mes corrections…</translation>
    </message>
    <message>
        <source>Compare before and after</source>
        <translation>Comparer avant et après</translation>
    </message>
    <message>
        <source>E&amp;xport training set…</source>
        <translation>E&amp;xporter un jeu d&apos;entraînement…</translation>
    </message>
    <message>
        <source>Let a crowns model learn from the crowns that you corrected, and compare before and after</source>
        <translation>Faire apprendre à un modèle les houppiers que vous avez corrigés, et comparer avant et après</translation>
    </message>
    <message>
        <source>Making the training set</source>
        <translation>Création du jeu d&apos;entraînement</translation>
    </message>
    <message>
        <source>Segment this plot…</source>
        <translation>Segmenter cette placette…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>The model {name} is kept; it is in the list of models from now on.</source>
        <translation>Le modèle {name} est conservé ; il figure désormais dans la liste des modèles.</translation>
    </message>
    <message>
        <source>The training has ended. The new model waits until you keep or discard it.</source>
        <translation>L&apos;entraînement est terminé. Le nouveau modèle attend que vous le gardiez ou le rejetiez.</translation>
    </message>
    <message>
        <source>Tiles and tables of this plot, for training here or in other programs</source>
        <translation>Tuiles et tableaux de cette placette, pour entraîner ici ou dans d&apos;autres programmes</translation>
    </message>
    <message>
        <source>{tiles} tiles with {crowns} crowns written to {folder}.</source>
        <translation>{tiles} tuiles avec {crowns} houppiers écrites dans {folder}.</translation>
    </message>
</context>
<context>
    <name>ImproveModelDialog</name>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>How fast this computer learns is not known; the training measures it when it begins.</source>
        <translation>La vitesse d&apos;apprentissage de cet ordinateur n&apos;est pas connue ; l&apos;entraînement la mesurera au début.</translation>
    </message>
    <message>
        <source>Improve the model with my corrections</source>
        <translation>Améliorer le modèle avec mes corrections</translation>
    </message>
    <message>
        <source>Measuring how fast this computer learns</source>
        <translation>Mesure de la vitesse d&apos;apprentissage de cet ordinateur</translation>
    </message>
    <message>
        <source>{model}, improved on {plots}</source>
        <translation>{model}, amélioré sur {plots}</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Note</translation>
    </message>
    <message>
        <source>&amp;Species</source>
        <translation>&amp;Essence</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Accept {count}</source>
        <translation>Accepter {count}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>Crown {number}</source>
        <translation>Houppier {number}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Delete {count}</source>
        <translation>Supprimer {count}</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Diamètre</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Mean diam.</source>
        <translation>Diam. moyen</translation>
    </message>
    <message>
        <source>Mean height</source>
        <translation>Haut. moyenne</translation>
    </message>
    <message>
        <source>Total area</source>
        <translation>Surface totale</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>mesure…</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>divers</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>non nommée</translation>
    </message>
    <message>
        <source>note</source>
        <translation>note</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>varies</source>
        <translation>varie</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} houppiers</translation>
    </message>
</context>
<context>
    <name>JobIndicator</name>
    <message>
        <source>Show the runs</source>
        <translation>Montrer les traitements</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>Arrêter le traitement en cours</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept</source>
        <translation>Arrêter ; ce qui est terminé est conservé</translation>
    </message>
</context>
<context>
    <name>KeyCapture</name>
    <message>
        <source>Press a key… (Esc: cancel)</source>
        <translation>Appuyez sur une touche… (Échap : annuler)</translation>
    </message>
</context>
<context>
    <name>KeyGroups</name>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Édition</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Placette</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Révision</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>partout</translation>
    </message>
    <message>
        <source>in the review</source>
        <translation>dans la révision</translation>
    </message>
    <message>
        <source>on the map</source>
        <translation>sur la carte</translation>
    </message>
    <message>
        <source>on the map, while held</source>
        <translation>sur la carte, touche enfoncée</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>&amp;All as usual</source>
        <translation>&amp;Tout comme d&apos;habitude</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Aucune touche</translation>
    </message>
    <message>
        <source>&amp;Take it from there</source>
        <translation>&amp;La prendre là-bas</translation>
    </message>
    <message>
        <source>A&amp;dd a key</source>
        <translation>A&amp;jouter une touche</translation>
    </message>
    <message>
        <source>As &amp;usual</source>
        <translation>Comme d&apos;&amp;habitude</translation>
    </message>
    <message>
        <source>Change the &amp;key</source>
        <translation>&amp;Changer la touche</translation>
    </message>
    <message>
        <source>Changed; it holds from now on.</source>
        <translation>Changé ; c&apos;est valable dès maintenant.</translation>
    </message>
    <message>
        <source>Every command has its usual keys again.</source>
        <translation>Toutes les commandes ont de nouveau leurs touches habituelles.</translation>
    </message>
    <message>
        <source>Export shortcuts</source>
        <translation>Exporter les raccourcis</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Trouver une commande ou une touche</translation>
    </message>
    <message>
        <source>Find a command, or a key such as Ctrl+E</source>
        <translation>Trouver une commande, ou une touche comme Ctrl+E</translation>
    </message>
    <message>
        <source>Import shortcuts</source>
        <translation>Importer des raccourcis</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Clavier et souris</translation>
    </message>
    <message>
        <source>Shortcuts of {name} are in use.</source>
        <translation>Les raccourcis de {name} sont en usage.</translation>
    </message>
    <message>
        <source>Shortcuts written to {name}.</source>
        <translation>Raccourcis écrits dans {name}.</translation>
    </message>
    <message>
        <source>The usual key of “{title}” is the key of “{other}” now. Change that one first.</source>
        <translation>La touche habituelle de « {title} » est maintenant celle de « {other} ». Changez d&apos;abord celle-ci.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>{count} commands in it are not known here.</source>
        <translation>{count} commandes de ce fichier ne sont pas connues ici.</translation>
    </message>
    <message>
        <source>{key} belongs to moving the map and to gestures. Choose another key.</source>
        <translation>{key} sert à déplacer la carte et aux gestes. Choisissez une autre touche.</translation>
    </message>
    <message>
        <source>{key} is the key of “{other}” ({where}); “{title}” did not get it.</source>
        <translation>{key} est la touche de « {other} » ({where}) ; « {title} » ne l&apos;a pas reçue.</translation>
    </message>
    <message>
        <source>{key} opens a menu. Choose another key.</source>
        <translation>{key} ouvre un menu. Choisissez une autre touche.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {error}</source>
        <translation>{name} est illisible : {error}</translation>
    </message>
    <message>
        <source>{name} cannot be written: {error}</source>
        <translation>{name} ne peut pas être écrit : {error}</translation>
    </message>
</context>
<context>
    <name>KeysList</name>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Commandes et leurs touches</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Mouse and fixed keys, in every tool</source>
        <translation>Souris et touches fixes, avec tout outil</translation>
    </message>
    <message>
        <source>Usual keys, where changed</source>
        <translation>Touches habituelles, si changées</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
</context>
<context>
    <name>LanguageActions</name>
    <message>
        <source>From the next start on, BirchTree speaks the language of this computer.</source>
        <translation>Au prochain démarrage, BirchTree parlera la langue de cet ordinateur.</translation>
    </message>
    <message>
        <source>From the next start on, BirchTree speaks {language}.</source>
        <translation>Au prochain démarrage, BirchTree parlera cette langue : {language}.</translation>
    </message>
    <message>
        <source>Language of the &amp;computer</source>
        <translation>Langue de l&apos;&amp;ordinateur</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Étiquette</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>As coloured</source>
        <translation>Comme la couleur</translation>
    </message>
    <message>
        <source>CHM: surface minus ground</source>
        <translation>MHC : surface moins sol</translation>
    </message>
    <message>
        <source>Canopy height</source>
        <translation>Hauteur de canopée</translation>
    </message>
    <message>
        <source>Colour &amp;by</source>
        <translation>&amp;Couleur selon</translation>
    </message>
    <message>
        <source>Contours</source>
        <translation>Courbes de niveau</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>DSM colours</source>
        <translation>MNS en couleurs</translation>
    </message>
    <message>
        <source>DSM hillshade</source>
        <translation>MNS ombré</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Diamètre</translation>
    </message>
    <message>
        <source>Elevation of the surface</source>
        <translation>Altitude de la surface</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Hold {relief} on the map to see the hillshade, {hide} to hide the crowns.</source>
        <translation>Sur la carte, maintenez {relief} pour voir l&apos;ombrage, {hide} pour masquer les houppiers.</translation>
    </message>
    <message>
        <source>Lines of equal elevation of the ground</source>
        <translation>Lignes d&apos;égale altitude du sol</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacité</translation>
    </message>
    <message>
        <source>Opacity of {layer}</source>
        <translation>Opacité de : {layer}</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Orthomosaïque</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Show the crowns (hold {key} to hide them for a moment)</source>
        <translation>Afficher les houppiers (maintenez {key} pour les masquer un instant)</translation>
    </message>
    <message>
        <source>Shown beyond the swipe line ({swipe}) and in the second view ({second})</source>
        <translation>Montré au-delà du rideau ({swipe}) et dans la deuxième vue ({second})</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Species code</source>
        <translation>Code de l&apos;essence</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Swipe and second &amp;view show</source>
        <translation>Rideau et deuxième &amp;vue</translation>
    </message>
    <message>
        <source>The drone&apos;s colour picture</source>
        <translation>L&apos;image en couleurs du drone</translation>
    </message>
    <message>
        <source>The surface, lit from the north-west</source>
        <translation>La surface, éclairée du nord-ouest</translation>
    </message>
    <message>
        <source>This plot has no DSM</source>
        <translation>Cette placette n&apos;a pas de MNS</translation>
    </message>
    <message>
        <source>What stands in a crown, where there is room for it</source>
        <translation>Ce qui est écrit dans un houppier, là où il y a la place</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Accepted</source>
        <translation>Accepté</translation>
    </message>
    <message>
        <source>Colour only these trees; press again for all</source>
        <translation>Colorer seulement ces arbres ; appuyer encore pour tous</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Dessiné</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Fold or unfold the legend</source>
        <translation>Replier ou déplier la légende</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Legend: {attribute}</source>
        <translation>Légende : {attribute}</translation>
    </message>
    <message>
        <source>No species yet</source>
        <translation>Pas encore d&apos;essence</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Only {kind}</source>
        <translation>Seulement {kind}</translation>
    </message>
    <message>
        <source>Others, not known</source>
        <translation>Autres, inconnues</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Proposé</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Show only these crowns; press several to see several kinds, press again for all</source>
        <translation>Ne montrer que ces houppiers ; appuyez sur plusieurs entrées pour en voir plusieurs sortes, de nouveau pour toutes</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>LessonBox</name>
    <message>
        <source> and {count} more species</source>
        <translation> et {count} autres essences</translation>
    </message>
    <message>
        <source>Mark 5 crowns each of 2 species or more; the rest can then be named from them.</source>
        <translation>Marquez 5 houppiers de chacune de 2 essences ou plus ; les autres peuvent alors être nommés d&apos;après eux.</translation>
    </message>
    <message>
        <source>Marked: {species}</source>
        <translation>Marqués : {species}</translation>
    </message>
    <message>
        <source>Reading crowns: {share}</source>
        <translation>Lecture des houppiers : {share}</translation>
    </message>
    <message>
        <source>Teaching…</source>
        <translation>Apprentissage…</translation>
    </message>
    <message>
        <source>The lesson waits…</source>
        <translation>La leçon attend…</translation>
    </message>
</context>
<context>
    <name>LineStrip</name>
    <message>
        <source>Select</source>
        <translation>Sélectionner</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Hide all panels</source>
        <translation>&amp;Masquer tous les panneaux</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>&amp;Rétablir la disposition</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Rechercher une commande</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Hide or show all panels</source>
        <translation>Masquer ou afficher tous les panneaux</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Traitements</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essences</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistiques</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Two dates</source>
        <translation>Deux dates</translation>
    </message>
</context>
<context>
    <name>ManageModels</name>
    <message>
        <source>Cell</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Licence: {licence}. {summary}</source>
        <translation>Licence : {licence}. {summary}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Mesuré</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Délimite</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Source : {source}</translation>
    </message>
    <message>
        <source>Trained at</source>
        <translation>Entraîné sur</translation>
    </message>
    <message>
        <source>crowns</source>
        <translation>houppiers</translation>
    </message>
    <message>
        <source>what is clicked</source>
        <translation>ce qui est cliqué</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name} : {value}</translation>
    </message>
    <message>
        <source>{size} MB from {address}</source>
        <translation>{size} Mo depuis {address}</translation>
    </message>
</context>
<context>
    <name>ManageModelsDialog</name>
    <message>
        <source>&amp;Add from a file…</source>
        <translation>&amp;Ajouter depuis un fichier…</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Vérifier</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>&amp;Télécharger</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;rrêter</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Ajouter un modèle</translation>
    </message>
    <message>
        <source>Add from a f&amp;older…</source>
        <translation>Ajouter depuis un &amp;dossier…</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Dossier d&apos;un modèle</translation>
    </message>
    <message>
        <source>I have read it and accept it</source>
        <translation>Je l&apos;ai lue et je l&apos;accepte</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Models (*.zip *.onnx)</source>
        <translation>Modèles (*.zip *.onnx)</translation>
    </message>
    <message>
        <source>What is known of the model</source>
        <translation>Ce que l&apos;on sait du modèle</translation>
    </message>
    <message>
        <source>can be downloaded</source>
        <translation>à télécharger</translation>
    </message>
    <message>
        <source>comes with BirchTree</source>
        <translation>fourni avec BirchTree</translation>
    </message>
    <message>
        <source>damaged, cannot be used</source>
        <translation>endommagé, inutilisable</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installé</translation>
    </message>
</context>
<context>
    <name>ManualActions</name>
    <message>
        <source>&amp;Documentation</source>
        <translation>&amp;Documentation</translation>
    </message>
    <message>
        <source>The documentation is not installed here. It is in the folder docs of the source.</source>
        <translation>La documentation n&apos;est pas installée ici. Elle se trouve dans le dossier docs des sources.</translation>
    </message>
    <message>
        <source>The page about the panel or tool in use; needs no network</source>
        <translation>La page sur le panneau ou l&apos;outil employé ; sans réseau</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Précédent</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>&amp;Sommaire</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Suivant</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Documentation</translation>
    </message>
    <message>
        <source>Open in the b&amp;rowser</source>
        <translation>Ouvrir dans le &amp;navigateur</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>Chercher dans toutes les pages</translation>
    </message>
    <message>
        <source>The English page has changed since this one was translated.</source>
        <translation>La page anglaise a changé depuis que celle-ci a été traduite.</translation>
    </message>
</context>
<context>
    <name>MapDesk</name>
    <message>
        <source>Second map</source>
        <translation>Deuxième carte</translation>
    </message>
</context>
<context>
    <name>MapFurniture</name>
    <message>
        <source>Contours {step}</source>
        <translation>Courbes {step}</translation>
    </message>
</context>
<context>
    <name>MapStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>This plot has no DSM, so there is no relief to show.</source>
        <translation>Cette placette n&apos;a pas de MNS ; il n&apos;y a pas de relief à montrer.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Crowns</source>
        <translation>&amp;Houppiers</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aide</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modèles</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Panneaux</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>&amp;Placette</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Révision</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Affic&amp;hage</translation>
    </message>
    <message>
        <source>Change &amp;outline</source>
        <translation>Modifier le &amp;contour</translation>
    </message>
    <message>
        <source>Mo&amp;ve</source>
        <translation>&amp;Déplacer</translation>
    </message>
    <message>
        <source>Spec&amp;ies</source>
        <translation>&amp;Essences</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>&amp;Tableau</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>+{count}</source>
        <translation>+{count}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>More messages wait below this one</source>
        <translation>D&apos;autres messages attendent sous celui-ci</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>&amp;Height and species by a model…</source>
        <translation>&amp;Hauteur et essence par un modèle…</translation>
    </message>
    <message>
        <source>&amp;Measure all crowns again</source>
        <translation>&amp;Mesurer de nouveau tous les houppiers</translation>
    </message>
    <message>
        <source>&amp;Resume the interrupted run</source>
        <translation>&amp;Reprendre le traitement interrompu</translation>
    </message>
    <message>
        <source>&amp;Segment this plot…</source>
        <translation>&amp;Segmenter cette placette…</translation>
    </message>
    <message>
        <source>Every crown was read before.</source>
        <translation>Tous les houppiers ont déjà été lus.</translation>
    </message>
    <message>
        <source>Height, DBH and biomass of every crown</source>
        <translation>Hauteur, DHP et biomasse de chaque houppier</translation>
    </message>
    <message>
        <source>Let a model read height and species of each crown from its picture</source>
        <translation>Faire lire par un modèle la hauteur et l&apos;essence de chaque houppier sur son image</translation>
    </message>
    <message>
        <source>Manage m&amp;odels…</source>
        <translation>&amp;Gérer les modèles…</translation>
    </message>
    <message>
        <source>Outline every crown of the plot</source>
        <translation>Délimiter tous les houppiers de la placette</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Review the crowns</source>
        <translation>Réviser les houppiers</translation>
    </message>
    <message>
        <source>Review the table</source>
        <translation>Réviser le tableau</translation>
    </message>
    <message>
        <source>S&amp;top the run</source>
        <translation>A&amp;rrêter le traitement</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept</source>
        <translation>Arrêter ; ce qui est terminé est conservé</translation>
    </message>
    <message>
        <source>Stopped. The crowns that were measured are kept; the next run does the others.</source>
        <translation>Arrêté. Les houppiers mesurés sont conservés ; le prochain traitement fera les autres.</translation>
    </message>
    <message>
        <source>Stopped. The tiles that were finished are kept.</source>
        <translation>Arrêté. Les tuiles terminées sont conservées.</translation>
    </message>
    <message>
        <source>The last run on this plot was interrupted. What it finished is kept.</source>
        <translation>Le dernier traitement de cette placette a été interrompu. Ce qu&apos;il a terminé est conservé.</translation>
    </message>
    <message>
        <source>Which models are here, and where to get more</source>
        <translation>Les modèles présents, et où en obtenir d&apos;autres</translation>
    </message>
    <message>
        <source>{count} crowns outlined and measured.</source>
        <translation>{count} houppiers délimités et mesurés.</translation>
    </message>
    <message>
        <source>{count} crowns outlined.</source>
        <translation>{count} houppiers délimités.</translation>
    </message>
    <message>
        <source>{count} crowns read.</source>
        <translation>{count} houppiers lus.</translation>
    </message>
    <message>
        <source>{count} crowns read; {named} got a species. Undo takes the species back.</source>
        <translation>{count} houppiers lus ; {named} ont reçu une essence. « Annuler » la retire.</translation>
    </message>
    <message>
        <source>{model} names no species here: half of the crowns or more are unlike those that it was trained on. Teach it your species with some marks.</source>
        <translation>{model} ne nomme aucune essence ici : la moitié des houppiers ou plus ne ressemblent pas à ceux sur lesquels il a été entraîné. Enseignez-lui vos essences par quelques marques.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>This plot has {gsd} cm per pixel, too coarse for this model: do not rely on it here.</source>
        <translation>Cette placette a {gsd} cm par pixel, trop grossier pour ce modèle : ne vous y fiez pas ici.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <translation>licence {licence}</translation>
    </message>
    <message>
        <source>trained at {site}</source>
        <translation>entraîné sur {site}</translation>
    </message>
    <message>
        <source>works at {gsd} cm per cell</source>
        <translation>travaille à {gsd} cm par cellule</translation>
    </message>
    <message>
        <source>{count} species</source>
        <translation>{count} essences</translation>
    </message>
</context>
<context>
    <name>ModelFiles</name>
    <message>
        <source>Adding a model</source>
        <translation>Ajout d&apos;un modèle</translation>
    </message>
    <message>
        <source>Checking a model</source>
        <translation>Vérification d&apos;un modèle</translation>
    </message>
    <message>
        <source>Fetching a model</source>
        <translation>Téléchargement d&apos;un modèle</translation>
    </message>
    <message>
        <source>Removing a model</source>
        <translation>Suppression d&apos;un modèle</translation>
    </message>
    <message>
        <source>{name} is installed.</source>
        <translation>{name} est installé.</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name} est supprimé.</translation>
    </message>
    <message>
        <source>{name} is whole: every file is the one that its card names.</source>
        <translation>{name} est intact : chaque fichier est bien celui que nomme sa fiche.</translation>
    </message>
</context>
<context>
    <name>ModelTraining</name>
    <message>
        <source>Improving the model</source>
        <translation>Amélioration du modèle</translation>
    </message>
    <message>
        <source>Keeping the model</source>
        <translation>Conservation du modèle</translation>
    </message>
    <message>
        <source>Making the training set</source>
        <translation>Création du jeu d&apos;entraînement</translation>
    </message>
</context>
<context>
    <name>NameChart</name>
    <message>
        <source>hatched: unsure</source>
        <translation>hachuré : incertain</translation>
    </message>
    <message>
        <source>no crowns</source>
        <translation>aucun houppier</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} de plus</translation>
    </message>
    <message>
        <source>{name} ({count} unsure)</source>
        <translation>{name} ({count} incertains)</translation>
    </message>
</context>
<context>
    <name>OpenPlotDialog</name>
    <message>
        <source>&amp;DSM (surface)</source>
        <translation>&amp;MNS (surface)</translation>
    </message>
    <message>
        <source>&amp;Orthomosaic</source>
        <translation>&amp;Orthomosaïque</translation>
    </message>
    <message>
        <source>&amp;Plot file</source>
        <translation>&amp;Fichier de la placette</translation>
    </message>
    <message>
        <source>All crowns and edits go into the plot file, which QGIS can open. The rasters are only read.</source>
        <translation>Tous les houppiers et toutes les modifications vont dans le fichier de la placette, que QGIS peut ouvrir. Les rasters sont seulement lus.</translation>
    </message>
    <message>
        <source>Area of interest: {name}.</source>
        <translation>Zone d&apos;intérêt : {name}.</translation>
    </message>
    <message>
        <source>Choose an orthomosaic.</source>
        <translation>Choisissez une orthomosaïque.</translation>
    </message>
    <message>
        <source>D&amp;TM (ground)</source>
        <translation>M&amp;NT (sol)</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MNS</translation>
    </message>
    <message>
        <source>DTM</source>
        <translation>MNT</translation>
    </message>
    <message>
        <source>Open a plot</source>
        <translation>Ouvrir une placette</translation>
    </message>
    <message>
        <source>Open plot</source>
        <translation>Ouvrir la placette</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Orthomosaïque</translation>
    </message>
    <message>
        <source>Plot file</source>
        <translation>Fichier de la placette</translation>
    </message>
    <message>
        <source>Rasters of this plot</source>
        <translation>Rasters de cette placette</translation>
    </message>
    <message>
        <source>The crowns stay as they are. Measure them again afterwards if the elevation is another.</source>
        <translation>Les houppiers restent tels quels. Mesurez-les de nouveau ensuite si l&apos;altitude n&apos;est plus la même.</translation>
    </message>
    <message>
        <source>The plot file must end in {suffix}.</source>
        <translation>Le fichier de la placette doit se terminer par {suffix}.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Le fichier {name} n&apos;existe pas.</translation>
    </message>
    <message>
        <source>This plot file exists already: its crowns are opened, with the rasters it knows.</source>
        <translation>Ce fichier de placette existe déjà : ses houppiers sont ouverts, avec les rasters qu&apos;il connaît.</translation>
    </message>
    <message>
        <source>Use these rasters</source>
        <translation>Utiliser ces rasters</translation>
    </message>
    <message>
        <source>none: no heights, and only models that need no DSM</source>
        <translation>aucun : pas de hauteurs, et seulement les modèles qui se passent de MNS</translation>
    </message>
    <message>
        <source>none: the ground is estimated from the DSM</source>
        <translation>aucun : le sol est estimé d&apos;après le MNS</translation>
    </message>
</context>
<context>
    <name>OpenPlots</name>
    <message>
        <source>{name} is open in another BirchTree window, too. Both save every edit at once, and see each other&apos;s; close one of them before you go on.</source>
        <translation>{name} est aussi ouvert dans une autre fenêtre de BirchTree. Les deux enregistrent aussitôt chaque modification et voient celles de l&apos;autre ; fermez-en une avant de continuer.</translation>
    </message>
</context>
<context>
    <name>OrthoStyle</name>
    <message>
        <source>&amp;Bands</source>
        <translation>&amp;Bandes</translation>
    </message>
    <message>
        <source>&amp;Each band</source>
        <translation>&amp;Chaque bande</translation>
    </message>
    <message>
        <source>1 to 99 %</source>
        <translation>1 à 99 %</translation>
    </message>
    <message>
        <source>2 to 98 %</source>
        <translation>2 à 98 %</translation>
    </message>
    <message>
        <source>5 to 95 %</source>
        <translation>5 à 95 %</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>Comme à l&apos;ouverture</translation>
    </message>
    <message>
        <source>Band of the orthomosaic shown as {colour}</source>
        <translation>Bande de l&apos;orthomosaïque affichée en {colour}</translation>
    </message>
    <message>
        <source>Band shown as {colour}</source>
        <translation>Bande affichée en {colour}</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Lowest to highest</source>
        <translation>Du minimum au maximum</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>S&amp;tretch</source>
        <translation>É&amp;tirement</translation>
    </message>
    <message>
        <source>Stretch each band by itself: balances the colours, and changes them</source>
        <translation>Étirer chaque bande à part : équilibre les couleurs, et les change</translation>
    </message>
    <message>
        <source>Which values of the orthomosaic become black and white</source>
        <translation>Quelles valeurs de l&apos;orthomosaïque deviennent le noir et le blanc</translation>
    </message>
</context>
<context>
    <name>PageBrowser</name>
    <message>
        <source>Documentation page</source>
        <translation>Page de documentation</translation>
    </message>
</context>
<context>
    <name>PlaceActions</name>
    <message>
        <source>&amp;Go to coordinates or a crown…</source>
        <translation>A&amp;ller à des coordonnées ou à un houppier…</translation>
    </message>
    <message>
        <source>Copy c&amp;oordinates</source>
        <translation>Copier les c&amp;oordonnées</translation>
    </message>
    <message>
        <source>Copy east and north of the place under the mouse, in the plot&apos;s CRS</source>
        <translation>Copier est et nord du lieu sous la souris, dans le système de la placette</translation>
    </message>
    <message>
        <source>Copy la&amp;titude and longitude</source>
        <translation>Copier la&amp;titude et longitude</translation>
    </message>
    <message>
        <source>Copy the place under the mouse in degrees (WGS 84), as maps on the web and GPS devices take it</source>
        <translation>Copier le lieu sous la souris en degrés (WGS 84), comme le prennent les cartes du web et les GPS</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Aller à</translation>
    </message>
    <message>
        <source>Go to crown {number}</source>
        <translation>Aller au houppier {number}</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Aller à {place}</translation>
    </message>
    <message>
        <source>No crown has the number {number}.</source>
        <translation>Aucun houppier n&apos;a le numéro {number}.</translation>
    </message>
    <message>
        <source>Type east and north, latitude and longitude, or the number of a crown</source>
        <translation>Tapez est et nord, latitude et longitude, ou le numéro d&apos;un houppier</translation>
    </message>
    <message>
        <source>crown {number}</source>
        <translation>houppier {number}</translation>
    </message>
    <message>
        <source>east, north or latitude, longitude or crown</source>
        <translation>est, nord ou latitude, longitude ou houppier</translation>
    </message>
    <message>
        <source>no crown {number}</source>
        <translation>pas de houppier {number}</translation>
    </message>
    <message>
        <source>not on the plot</source>
        <translation>hors de la placette</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>pas compris</translation>
    </message>
    <message>
        <source>{place} copied.</source>
        <translation>{place} copié.</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>BirchTree plots</source>
        <translation>Placettes BirchTree</translation>
    </message>
    <message>
        <source>Orthomosaics and plots</source>
        <translation>Orthomosaïques et placettes</translation>
    </message>
    <message>
        <source>Rasters</source>
        <translation>Rasters</translation>
    </message>
    <message>
        <source>Vector files</source>
        <translation>Fichiers vectoriels</translation>
    </message>
</context>
<context>
    <name>PlotActions</name>
    <message>
        <source>&amp;Rasters…</source>
        <translation>&amp;Rasters…</translation>
    </message>
    <message>
        <source>Measure all crowns again</source>
        <translation>Mesurer de nouveau tous les houppiers</translation>
    </message>
    <message>
        <source>Say again what was noticed when the plot was opened</source>
        <translation>Redire ce qui a été remarqué à l&apos;ouverture de la placette</translation>
    </message>
    <message>
        <source>The checks found nothing wrong with this plot.</source>
        <translation>Les vérifications n&apos;ont rien trouvé à redire à cette placette.</translation>
    </message>
    <message>
        <source>The rasters of this plot are others now. Its crowns still have the old heights.</source>
        <translation>Les rasters de cette placette ont changé. Ses houppiers ont encore les anciennes hauteurs.</translation>
    </message>
    <message>
        <source>Use another orthomosaic, DSM or DTM for this plot</source>
        <translation>Utiliser une autre orthomosaïque, un autre MNS ou MNT pour cette placette</translation>
    </message>
    <message>
        <source>What the &amp;checks found</source>
        <translation>Résultat des &amp;vérifications</translation>
    </message>
    <message>
        <source>{name} is the area of interest now: runs and the report keep to it. The crowns stay.</source>
        <translation>{name} est maintenant la zone d&apos;intérêt : les traitements et le rapport s&apos;y tiennent. Les houppiers restent.</translation>
    </message>
</context>
<context>
    <name>PlotFacts</name>
    <message>
        <source>Crowns</source>
        <translation>Houppiers</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MNS</translation>
    </message>
    <message>
        <source>DTM {name}</source>
        <translation>MNT {name}</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Sol</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>No plot is open</source>
        <translation>Aucune placette n&apos;est ouverte</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Orthomosaïque</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Select a crown on the map or in the table.</source>
        <translation>Sélectionnez un houppier sur la carte ou dans le tableau.</translation>
    </message>
    <message>
        <source>estimated from the DSM</source>
        <translation>estimé d&apos;après le MNS</translation>
    </message>
    <message>
        <source>mean {mean}, {low} to {high}</source>
        <translation>moyenne {mean}, de {low} à {high}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>{total}, {reviewed} reviewed</source>
        <translation>{total}, {reviewed} révisés</translation>
    </message>
</context>
<context>
    <name>PlotList</name>
    <message>
        <source>Accepted</source>
        <translation>Acceptés</translation>
    </message>
    <message>
        <source>Complete areas</source>
        <translation>Zones complètes</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigés</translation>
    </message>
    <message>
        <source>Crowns to learn</source>
        <translation>Houppiers à apprendre</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Dessinés</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Non regardés</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Placette</translation>
    </message>
    <message>
        <source>Plots to learn from</source>
        <translation>Placettes dont apprendre</translation>
    </message>
    <message>
        <source>all of it, {size}</source>
        <translation>en entier, {size}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>{count}, {size}</source>
        <translation>{count}, {size}</translation>
    </message>
</context>
<context>
    <name>PlotPlans</name>
    <message>
        <source>No cell has ground in it.</source>
        <translation>Aucune maille ne contient de terrain.</translation>
    </message>
</context>
<context>
    <name>PlotRuns</name>
    <message>
        <source>Exporting</source>
        <translation>Exportation</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Importation</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Mesure</translation>
    </message>
    <message>
        <source>Reading crowns</source>
        <translation>Lecture des houppiers</translation>
    </message>
    <message>
        <source>Segmenting</source>
        <translation>Segmentation</translation>
    </message>
    <message>
        <source>{added} crowns added and {changed} changed from {name}.</source>
        <translation>{added} houppiers ajoutés et {changed} changés depuis {name}.</translation>
    </message>
    <message>
        <source>{count} crowns written to {name}.</source>
        <translation>{count} houppiers écrits dans {name}.</translation>
    </message>
    <message>
        <source>{name}: {added} crowns added, {changed} changed, {deleted} deleted, {accepted} accepted as is.</source>
        <translation>{name} : {added} houppiers ajoutés, {changed} changés, {deleted} supprimés, {accepted} acceptés tels quels.</translation>
    </message>
</context>
<context>
    <name>PlotWorkActions</name>
    <message>
        <source>&amp;Areas</source>
        <translation>&amp;Zones</translation>
    </message>
    <message>
        <source>&amp;Areas and plot grid</source>
        <translation>&amp;Zones et quadrillage</translation>
    </message>
    <message>
        <source>&amp;Next open area</source>
        <translation>Zone à faire &amp;suivante</translation>
    </message>
    <message>
        <source>Go to the next area or grid cell that is not done</source>
        <translation>Aller à la prochaine zone ou maille qui n&apos;est pas faite</translation>
    </message>
    <message>
        <source>List complete areas, grid cells and control plots with what is done</source>
        <translation>Lister les zones complètes, les mailles et les placettes témoins avec ce qui est fait</translation>
    </message>
    <message>
        <source>Show complete areas, plot grid and control plots on the map</source>
        <translation>Montrer sur la carte les zones complètes, le quadrillage et les placettes témoins</translation>
    </message>
</context>
<context>
    <name>PlotWorkPanel</name>
    <message>
        <source>All areas</source>
        <translation>Toutes les zones</translation>
    </message>
    <message>
        <source>Areas of this plot</source>
        <translation>Zones de cette placette</translation>
    </message>
    <message>
        <source>Complete areas</source>
        <translation>Zones complètes</translation>
    </message>
    <message>
        <source>Control plots</source>
        <translation>Placettes témoins</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>Sommets</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Dessiner</translation>
    </message>
    <message>
        <source>Draw anew</source>
        <translation>Redessiner</translation>
    </message>
    <message>
        <source>Draw at random</source>
        <translation>Tirer au sort</translation>
    </message>
    <message>
        <source>Everything in this list is done.</source>
        <translation>Tout est fait dans cette liste.</translation>
    </message>
    <message>
        <source>Give the selected area another outline</source>
        <translation>Donner un autre contour à la zone sélectionnée</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Quadrillage</translation>
    </message>
    <message>
        <source>Grid cells</source>
        <translation>Mailles</translation>
    </message>
    <message>
        <source>How many control plots</source>
        <translation>Nombre de placettes témoins</translation>
    </message>
    <message>
        <source>Lay the grid</source>
        <translation>Quadriller</translation>
    </message>
    <message>
        <source>Move, add and remove corners of the selected area on the map</source>
        <translation>Déplacer, ajouter et enlever sur la carte des sommets de la zone sélectionnée</translation>
    </message>
    <message>
        <source>Next open</source>
        <translation>Suivante</translation>
    </message>
    <message>
        <source>Seed: the same number draws the same plots</source>
        <translation>Graine : le même nombre tire les mêmes placettes</translation>
    </message>
    <message>
        <source>Shape of control plots</source>
        <translation>Forme des placettes témoins</translation>
    </message>
    <message>
        <source>Share of the ground that is done</source>
        <translation>Part du terrain qui est faite</translation>
    </message>
    <message>
        <source>Side of a grid cell</source>
        <translation>Côté d&apos;une maille</translation>
    </message>
    <message>
        <source>Size of control plots</source>
        <translation>Taille des placettes témoins</translation>
    </message>
    <message>
        <source>Which areas</source>
        <translation>Quelles zones</translation>
    </message>
    <message>
        <source>circles, radius</source>
        <translation>cercles, rayon</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>graine </translation>
    </message>
    <message>
        <source>squares, side</source>
        <translation>carrés, côté</translation>
    </message>
    <message>
        <source>{done} of {count} done, {percent} % of the ground</source>
        <translation>{done} sur {count} faites, {percent} % du terrain</translation>
    </message>
</context>
<context>
    <name>ProfileStrip</name>
    <message>
        <source>   (ground estimated)</source>
        <translation>   (sol estimé)</translation>
    </message>
    <message>
        <source>At {at}:   surface {surface}   ground {ground}   height {height}</source>
        <translation>À {at} :   surface {surface}   sol {ground}   hauteur {height}</translation>
    </message>
    <message>
        <source>Height profile</source>
        <translation>Profil de hauteur</translation>
    </message>
    <message>
        <source>There is no DSM along this line.</source>
        <translation>Il n&apos;y a pas de MNS le long de cette ligne.</translation>
    </message>
    <message>
        <source>{length} long, highest {height} above the ground</source>
        <translation>{length} de long, au plus {height} au-dessus du sol</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Maj</translation>
    </message>
</context>
<context>
    <name>QuickFilters</name>
    <message>
        <source>A line between two tiles of the run cuts it</source>
        <translation>Une ligne entre deux tuiles du traitement le coupe</translation>
    </message>
    <message>
        <source>A person accepted it</source>
        <translation>Une personne l&apos;a accepté</translation>
    </message>
    <message>
        <source>A person drew it or changed its outline</source>
        <translation>Une personne l&apos;a dessiné ou a changé son contour</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptés</translation>
    </message>
    <message>
        <source>Cut by the edge</source>
        <translation>Coupé par le bord</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Modifiés</translation>
    </message>
    <message>
        <source>Heights apart</source>
        <translation>Hauteurs en désaccord</translation>
    </message>
    <message>
        <source>It has a note</source>
        <translation>Il a une note</translation>
    </message>
    <message>
        <source>It has no species</source>
        <translation>Il n&apos;a pas d&apos;essence</translation>
    </message>
    <message>
        <source>Its height is not known</source>
        <translation>Sa hauteur n&apos;est pas connue</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grands</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Bas</translation>
    </message>
    <message>
        <source>No height</source>
        <translation>Sans hauteur</translation>
    </message>
    <message>
        <source>No species</source>
        <translation>Sans essence</translation>
    </message>
    <message>
        <source>Nobody has confirmed its species</source>
        <translation>Personne n&apos;a confirmé son essence</translation>
    </message>
    <message>
        <source>Nobody has reviewed it</source>
        <translation>Personne ne l&apos;a révisé</translation>
    </message>
    <message>
        <source>On a seam</source>
        <translation>Sur un raccord</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Proposés</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Petits</translation>
    </message>
    <message>
        <source>Species from a model</source>
        <translation>Essence d&apos;un modèle</translation>
    </message>
    <message>
        <source>Tall</source>
        <translation>Hauts</translation>
    </message>
    <message>
        <source>The heights show two trees in it</source>
        <translation>Les hauteurs y montrent deux arbres</translation>
    </message>
    <message>
        <source>The model was less than half sure of the crown</source>
        <translation>Le modèle était moins qu&apos;à moitié sûr du houppier</translation>
    </message>
    <message>
        <source>The model&apos;s height is a fifth or more off the CHM&apos;s</source>
        <translation>La hauteur du modèle s&apos;écarte d&apos;un cinquième ou plus de celle du MHC</translation>
    </message>
    <message>
        <source>The mosaic ends inside it</source>
        <translation>La mosaïque s&apos;arrête à l&apos;intérieur</translation>
    </message>
    <message>
        <source>The tenth of the plot that is largest</source>
        <translation>Le dixième de la placette aux plus grands houppiers</translation>
    </message>
    <message>
        <source>The tenth of the plot that is lowest</source>
        <translation>Le dixième de la placette aux houppiers les plus bas</translation>
    </message>
    <message>
        <source>The tenth of the plot that is smallest</source>
        <translation>Le dixième de la placette aux plus petits houppiers</translation>
    </message>
    <message>
        <source>The tenth of the plot that is tallest</source>
        <translation>Le dixième de la placette aux houppiers les plus hauts</translation>
    </message>
    <message>
        <source>Two peaks</source>
        <translation>Deux cimes</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertains</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Avec note</translation>
    </message>
</context>
<context>
    <name>ReadTraitsDialog</name>
    <message>
        <source>Also crowns that it has read before</source>
        <translation>Aussi les houppiers qu&apos;il a déjà lus</translation>
    </message>
    <message>
        <source>Height and species by a model</source>
        <translation>Hauteur et essence par un modèle</translation>
    </message>
    <message>
        <source>Heights appear beside those from the CHM. Species are written in one step that undo takes back; names that you gave stay. Stop at any time: what was read is kept.</source>
        <translation>Les hauteurs s&apos;ajoutent à celles du MHC. Les essences sont écrites en une étape, que « Annuler » retire ; les noms que vous avez donnés restent. Arrêtez quand vous voulez : ce qui a été lu est conservé.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>No such model is installed. Models &gt; Manage models shows what there is and adds one.</source>
        <translation>Aucun modèle de ce genre n&apos;est installé. Modèles &gt; Gérer les modèles montre ce qu&apos;il y a et en ajoute un.</translation>
    </message>
    <message>
        <source>Read the crowns</source>
        <translation>Lire les houppiers</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No plots yet</source>
        <translation>Pas encore de placettes</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Ouvrir une placette &amp;récente</translation>
    </message>
</context>
<context>
    <name>RecentPlot</name>
    <message>
        <source>Not found. Click to look for it.</source>
        <translation>Introuvable. Cliquez pour la chercher.</translation>
    </message>
    <message>
        <source>{name}, not found</source>
        <translation>{name}, introuvable</translation>
    </message>
</context>
<context>
    <name>ReportActions</name>
    <message>
        <source>&amp;Report…</source>
        <translation>&amp;Rapport…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Report on one tree written to {name}.</source>
        <translation>Rapport sur un arbre écrit dans {name}.</translation>
    </message>
    <message>
        <source>Report on {count} trees written to {name}.</source>
        <translation>Rapport sur {count} arbres écrit dans {name}.</translation>
    </message>
    <message>
        <source>The report was stopped; no file was written.</source>
        <translation>Le rapport a été arrêté ; aucun fichier n&apos;a été écrit.</translation>
    </message>
    <message>
        <source>Write map, figures per hectare, charts and sources as a web page or PDF</source>
        <translation>Écrire carte, chiffres par hectare, graphiques et sources en page web ou en PDF</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Écriture du rapport</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Figures about</source>
        <translation>&amp;Chiffres sur</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Everywhere with data</source>
        <translation>Partout où il y a des données</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>F&amp;ichier</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Nommez un fichier.</translation>
    </message>
    <message>
        <source>Only &amp;reviewed crowns (accepted, edited or drawn)</source>
        <translation>Seulement les houppiers &amp;révisés (acceptés, modifiés ou dessinés)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The area of interest</source>
        <translation>La zone d&apos;intérêt</translation>
    </message>
    <message>
        <source>The area of interest, or else the whole plot</source>
        <translation>La zone d&apos;intérêt, ou sinon toute la placette</translation>
    </message>
    <message>
        <source>The complete areas</source>
        <translation>Les zones complètes</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Le dossier {folder} n&apos;existe pas.</translation>
    </message>
    <message>
        <source>This plot has no area of interest. Drop its file on the window to give it one.</source>
        <translation>Cette placette n&apos;a pas de zone d&apos;intérêt. Déposez son fichier sur la fenêtre pour lui en donner une.</translation>
    </message>
    <message>
        <source>This plot has no complete area yet. Draw one with the area tool, or choose another area.</source>
        <translation>Cette placette n&apos;a pas encore de zone complète. Dessinez-en une avec l&apos;outil de zone, ou choisissez une autre zone.</translation>
    </message>
    <message>
        <source>Trees of {count} complete areas: {names}</source>
        <translation>Arbres de {count} zones complètes : {names}</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Page web (*.html)</translation>
    </message>
    <message>
        <source>Write report</source>
        <translation>Écrire un rapport</translation>
    </message>
    <message>
        <source>{name} exists and will be replaced.</source>
        <translation>{name} existe et sera remplacé.</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>&amp;Discard it</source>
        <translation>&amp;Rejeter</translation>
    </message>
    <message>
        <source>&amp;Keep the model</source>
        <translation>&amp;Garder le modèle</translation>
    </message>
    <message>
        <source>&amp;Offer it first for this plot</source>
        <translation>&amp;Le proposer en premier pour cette placette</translation>
    </message>
    <message>
        <source>A crown counts as found where its box overlaps the true one by at least 0.4 (IoU).</source>
        <translation>Un houppier compte comme trouvé quand son rectangle recouvre le vrai d&apos;au moins 0,4 (IoU).</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Better: F1 rose from {old} to {f1} on {crowns} that training did not see.</source>
        <translation>Meilleur : F1 est passé de {old} à {f1} sur {crowns} que l&apos;entraînement n&apos;a pas vus.</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>F1 on {site} ({crowns})</source>
        <translation>F1 sur {site} ({crowns})</translation>
    </message>
    <message>
        <source>F1 {f1} on {crowns} that training did not see.</source>
        <translation>F1 {f1} sur {crowns} que l&apos;entraînement n&apos;a pas vus.</translation>
    </message>
    <message>
        <source>Figures and pictures before and after</source>
        <translation>Chiffres et images avant et après</translation>
    </message>
    <message>
        <source>No better: F1 {f1}, as before ({old}), on {crowns} that training did not see.</source>
        <translation>Pas meilleur : F1 {f1}, comme avant ({old}), sur {crowns} que l&apos;entraînement n&apos;a pas vus.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Rappel</translation>
    </message>
    <message>
        <source>So few crowns say little: chance alone can move F1 by a tenth or more.</source>
        <translation>Si peu de houppiers disent peu : le hasard seul peut changer F1 d&apos;un dixième ou plus.</translation>
    </message>
    <message>
        <source>The model is made. Without held-out crowns nobody knows whether it is better.</source>
        <translation>Le modèle est fait. Sans houppiers mis à part, personne ne sait s&apos;il est meilleur.</translation>
    </message>
    <message>
        <source>Worse: F1 fell from {old} to {f1} on {crowns} that training did not see.</source>
        <translation>Moins bon : F1 est tombé de {old} à {f1} sur {crowns} que l&apos;entraînement n&apos;a pas vus.</translation>
    </message>
    <message>
        <source>found and right</source>
        <translation>trouvé et juste</translation>
    </message>
    <message>
        <source>found, but no crown</source>
        <translation>trouvé, mais pas un houppier</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>manqué</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Accuracy: not known yet. Control crowns, drawn at random, come up in the queue.</source>
        <translation>Exactitude : pas encore connue. Des houppiers témoins, tirés au hasard, viennent dans la file.</translation>
    </message>
    <message>
        <source>Drawn at random, to tell how good the crowns are.</source>
        <translation>Tiré au sort, pour savoir ce que valent les houppiers.</translation>
    </message>
    <message>
        <source>Every crown on the map was looked at.</source>
        <translation>Chaque houppier de la carte a été regardé.</translation>
    </message>
    <message>
        <source>In brackets: 95 % interval</source>
        <translation>Entre parenthèses : intervalle à 95 %</translation>
    </message>
    <message>
        <source>No missed crown drawn on {area} seen</source>
        <translation>Aucun houppier manqué n&apos;a été dessiné sur les {area} vus</translation>
    </message>
    <message>
        <source>Nothing speaks against it.</source>
        <translation>Rien ne parle contre lui.</translation>
    </message>
    <message>
        <source>Of all {count} on the map, {share} are right ({range})</source>
        <translation>Sur l&apos;ensemble ({count}) de la carte, {share} sont justes ({range})</translation>
    </message>
    <message>
        <source>Trees, however well outlined: {share} ({range})</source>
        <translation>Arbres, quel que soit leur contour : {share} ({range})</translation>
    </message>
    <message>
        <source>You chose it on the map.</source>
        <translation>Vous l&apos;avez choisi sur la carte.</translation>
    </message>
    <message>
        <source>and one control crown, drawn at random</source>
        <translation>et un houppier témoin, tiré au hasard</translation>
    </message>
    <message>
        <source>and {count} control crowns, drawn at random</source>
        <translation>et {count} houppiers témoins, tirés au hasard</translation>
    </message>
    <message>
        <source>{count} missed and drawn on {area} seen: {rate} for each ha ({low} to {high})</source>
        <translation>{count} manqués et dessinés sur {area} vus : {rate} par ha ({low} à {high})</translation>
    </message>
    <message>
        <source>{done} decided, {waiting} to go</source>
        <translation>{done} décidés, encore {waiting}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} à {high}</translation>
    </message>
    <message>
        <source>{pace} a minute, {left} left</source>
        <translation>{pace} par minute, encore {left}</translation>
    </message>
    <message>
        <source>{share} of the crowns that nobody looked at are right ({range}), by one control crown</source>
        <translation>{share} des houppiers que personne n&apos;a regardés sont justes ({range}), d&apos;après un houppier témoin</translation>
    </message>
    <message>
        <source>{share} of the crowns that nobody looked at are right ({range}), by {count} control crowns</source>
        <translation>{share} des houppiers que personne n&apos;a regardés sont justes ({range}), d&apos;après {count} houppiers témoins</translation>
    </message>
</context>
<context>
    <name>ReviewActions</name>
    <message>
        <source>&amp;Accept and go on</source>
        <translation>&amp;Accepter et continuer</translation>
    </message>
    <message>
        <source>&amp;Edit the outline</source>
        <translation>&amp;Modifier le contour</translation>
    </message>
    <message>
        <source>&amp;Leave the review</source>
        <translation>&amp;Quitter la révision</translation>
    </message>
    <message>
        <source>&amp;Previous crown</source>
        <translation>Houppier &amp;précédent</translation>
    </message>
    <message>
        <source>&amp;Reject and go on</source>
        <translation>&amp;Rejeter et continuer</translation>
    </message>
    <message>
        <source>&amp;Review crowns</source>
        <translation>&amp;Réviser les houppiers</translation>
    </message>
    <message>
        <source>&amp;Skip: put it off</source>
        <translation>Pa&amp;sser : remettre à plus tard</translation>
    </message>
    <message>
        <source>Enter: done, next crown    Esc: back to the review</source>
        <translation>Entrée : terminé, houppier suivant    Échap : retour à la révision</translation>
    </message>
    <message>
        <source>Esc: back to the review</source>
        <translation>Échap : retour à la révision</translation>
    </message>
    <message>
        <source>Every crown of the queue is decided.</source>
        <translation>Tous les houppiers de la file sont décidés.</translation>
    </message>
    <message>
        <source>Go through the crowns, the most doubtful first, by keyboard</source>
        <translation>Parcourir les houppiers au clavier, les plus douteux d&apos;abord</translation>
    </message>
    <message>
        <source>Ne&amp;xt crown</source>
        <translation>Houppier &amp;suivant</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Révision</translation>
    </message>
    <message>
        <source>Write a &amp;note</source>
        <translation>Écrire une &amp;note</translation>
    </message>
    <message>
        <source>{accept}: accept    {reject}: reject    1-9: species    {edit}: edit    {note}: note    {skip}: skip    {next}: next    {previous}: back    F6: panel    Esc: leave</source>
        <translation>{accept} : accepter    {reject} : rejeter    1-9 : essence    {edit} : modifier    {note} : note    {skip} : passer    {next} : suivant    {previous} : retour    F6 : panneau    Échap : quitter</translation>
    </message>
</context>
<context>
    <name>ReviewFilters</name>
    <message>
        <source>Among the {count} that were selected</source>
        <translation>Parmi les {count} qui étaient sélectionnés</translation>
    </message>
    <message>
        <source>Control crowns come up only while the whole plot is reviewed</source>
        <translation>Les houppiers témoins ne viennent que si toute la placette est révisée</translation>
    </message>
    <message>
        <source>In the area {name}</source>
        <translation>Dans la zone {name}</translation>
    </message>
    <message>
        <source>In the present view of the map</source>
        <translation>Dans la vue actuelle de la carte</translation>
    </message>
    <message>
        <source>On the whole plot</source>
        <translation>Sur toute la placette</translation>
    </message>
    <message>
        <source>Only proposed crowns</source>
        <translation>Seulement les houppiers proposés</translation>
    </message>
    <message>
        <source>Only unsure species</source>
        <translation>Seulement les essences incertaines</translation>
    </message>
    <message>
        <source>Where to review</source>
        <translation>Où réviser</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source> ({share} apart)</source>
        <translation> ({share} d&apos;écart)</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>CHM {height}</source>
        <translation>MHC {height}</translation>
    </message>
    <message>
        <source>Control crown</source>
        <translation>Houppier témoin</translation>
    </message>
    <message>
        <source>Crown {number}</source>
        <translation>Houppier {number}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Every crown that passes the filters below is decided.</source>
        <translation>Tous les houppiers qui passent les filtres ci-dessous sont décidés.</translation>
    </message>
    <message>
        <source>Expected error {share}</source>
        <translation>Erreur attendue {share}</translation>
    </message>
    <message>
        <source>Leave the review</source>
        <translation>Quitter la révision</translation>
    </message>
    <message>
        <source>Leave the review (Esc); nothing is lost</source>
        <translation>Quitter la révision (Échap) ; rien n&apos;est perdu</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Nothing is left to review</source>
        <translation>Il ne reste rien à réviser</translation>
    </message>
    <message>
        <source>Ranking the crowns…</source>
        <translation>Classement des houppiers…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>model {height}</source>
        <translation>modèle {height}</translation>
    </message>
    <message>
        <source>note</source>
        <translation>note</translation>
    </message>
    <message>
        <source>note ({key})</source>
        <translation>note ({key})</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>score {score}</translation>
    </message>
    <message>
        <source>{width} wide</source>
        <translation>{width} de large</translation>
    </message>
</context>
<context>
    <name>ReviewScores</name>
    <message>
        <source>Reject {count}</source>
        <translation>Rejeter {count}</translation>
    </message>
    <message>
        <source>Scores of the proposed crowns. Move the threshold to see which would go.</source>
        <translation>Scores des houppiers proposés. Déplacez le seuil pour voir lesquels partiraient.</translation>
    </message>
    <message>
        <source>{count} proposed below {score} would go: dimmed on the map.</source>
        <translation>{count} proposés sous {score} partiraient : estompés sur la carte.</translation>
    </message>
</context>
<context>
    <name>ReviewSession</name>
    <message>
        <source>This plot is open for reading only: look, but not decide.</source>
        <translation>Cette placette est ouverte en lecture seule : on regarde, sans décider.</translation>
    </message>
</context>
<context>
    <name>RunModelDialog</name>
    <message>
        <source>Crowns appear on the map as they are found, and are measured at the end. You can go on working meanwhile.</source>
        <translation>Les houppiers apparaissent sur la carte au fur et à mesure et sont mesurés à la fin. Vous pouvez continuer à travailler pendant ce temps.</translation>
    </message>
    <message>
        <source>Leave out crowns less certain than</source>
        <translation>Laisser de côté les houppiers moins sûrs que</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Needs a surface model (DSM), and this plot has none. Plot &gt; Rasters adds one.</source>
        <translation>A besoin d&apos;un modèle de surface (MNS), et cette placette n&apos;en a pas. Placette &gt; Rasters en ajoute un.</translation>
    </message>
    <message>
        <source>Segment this plot</source>
        <translation>Segmenter cette placette</translation>
    </message>
    <message>
        <source>The {proposed} proposed crowns are replaced. Undo brings them back.</source>
        <translation>Les {proposed} houppiers proposés sont remplacés. « Annuler » les rétablit.</translation>
    </message>
    <message>
        <source>The {proposed} proposed crowns are replaced; the {reviewed} that you accepted, edited or drew stay as they are. Undo brings everything back.</source>
        <translation>Les {proposed} houppiers proposés sont remplacés ; les {reviewed} que vous avez acceptés, modifiés ou dessinés restent tels quels. « Annuler » rétablit tout.</translation>
    </message>
</context>
<context>
    <name>RunNotices</name>
    <message>
        <source>&amp;Notice at the end of a run</source>
        <translation>&amp;Avis à la fin d&apos;un traitement</translation>
    </message>
    <message>
        <source>Let the desktop tell that a run has ended while you work in another program</source>
        <translation>Laisser le bureau annoncer la fin d&apos;un traitement pendant que vous travaillez dans un autre programme</translation>
    </message>
    <message>
        <source>{run}: done.</source>
        <translation>{run} : terminé.</translation>
    </message>
    <message>
        <source>{run}: stopped by a problem. {problem}</source>
        <translation>{run} : arrêté par un problème. {problem}</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Rejeter</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuer</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>&amp;Masquer</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>, at most {time} left</source>
        <translation>, encore {time} au plus</translation>
    </message>
    <message>
        <source>Close this window; the training goes on</source>
        <translation>Fermer cette fenêtre ; l&apos;entraînement continue</translation>
    </message>
    <message>
        <source>Comparing the models before and after on the held-out crowns…</source>
        <translation>Comparaison des modèles avant et après sur les houppiers mis à part…</translation>
    </message>
    <message>
        <source>Cutting the training set from the plots…</source>
        <translation>Découpage du jeu d&apos;entraînement dans les placettes…</translation>
    </message>
    <message>
        <source>Delete the training; nothing is left behind</source>
        <translation>Supprimer l&apos;entraînement ; il n&apos;en reste rien</translation>
    </message>
    <message>
        <source>How far the training is</source>
        <translation>Avancement de l&apos;entraînement</translation>
    </message>
    <message>
        <source>Learning to draw their outlines</source>
        <translation>Apprentissage du tracé des contours</translation>
    </message>
    <message>
        <source>Learning to find crowns</source>
        <translation>Apprentissage de la détection des houppiers</translation>
    </message>
    <message>
        <source>Not finished: {name}</source>
        <translation>Inachevé : {name}</translation>
    </message>
    <message>
        <source>Outlining held-out places with both models…</source>
        <translation>Délimitation des lieux mis à part avec les deux modèles…</translation>
    </message>
    <message>
        <source>Paused: {name}. What was learned so far is kept.</source>
        <translation>En pause : {name}. Ce qui a été appris jusqu&apos;ici est conservé.</translation>
    </message>
    <message>
        <source>Starting to learn…</source>
        <translation>Début de l&apos;apprentissage…</translation>
    </message>
    <message>
        <source>Step {done} of {total}</source>
        <translation>Pas {done} sur {total}</translation>
    </message>
    <message>
        <source>Stop after the step in work; what was learned is kept</source>
        <translation>Arrêter après le pas en cours ; ce qui a été appris est conservé</translation>
    </message>
    <message>
        <source>Stopping after the step in work…</source>
        <translation>Arrêt après le pas en cours…</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>{read} crowns read, {named} named</source>
        <translation>{read} houppiers lus, {named} nommés</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>A run was interrupted; what it finished is kept.</source>
        <translation>Un traitement a été interrompu ; ce qu&apos;il a terminé est conservé.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Aucun traitement en cours.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Traitement</translation>
    </message>
    <message>
        <source>Runs of this plot</source>
        <translation>Traitements de cette placette</translation>
    </message>
    <message>
        <source>Segment this plot…</source>
        <translation>Segmenter cette placette…</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompu</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>arrêt…</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>encore {time}</translation>
    </message>
</context>
<context>
    <name>SamplePlotMaker</name>
    <message>
        <source>Growing the sample forest</source>
        <translation>Plantation de la forêt d&apos;exemple</translation>
    </message>
</context>
<context>
    <name>ScatterChart</name>
    <message>
        <source>height {height}, crown diameter {diameter}</source>
        <translation>hauteur {height}, diamètre du houppier {diameter}</translation>
    </message>
    <message>
        <source>no heights</source>
        <translation>pas de hauteurs</translation>
    </message>
</context>
<context>
    <name>ShortcutActions</name>
    <message>
        <source>&amp;Keys and mouse…</source>
        <translation>&amp;Clavier et souris…</translation>
    </message>
    <message>
        <source>1 to 9; with Shift</source>
        <translation>1 à 9 ; avec Maj</translation>
    </message>
    <message>
        <source>In every tool</source>
        <translation>Avec tout outil</translation>
    </message>
    <message>
        <source>Keys of this &amp;tool</source>
        <translation>&amp;Touches de cet outil</translation>
    </message>
    <message>
        <source>Likely species; my own</source>
        <translation>Essences probables ; les miennes</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>Sur la carte</translation>
    </message>
    <message>
        <source>See, search and change every shortcut</source>
        <translation>Voir, chercher et changer chaque raccourci</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>What mouse and keys do in the tool in hand</source>
        <translation>Ce que font souris et touches avec l&apos;outil en main</translation>
    </message>
    <message>
        <source>While crowns are reviewed</source>
        <translation>Pendant la révision</translation>
    </message>
</context>
<context>
    <name>SpeciesActions</name>
    <message>
        <source>&amp;Change the species list…</source>
        <translation>&amp;Changer la liste d&apos;essences…</translation>
    </message>
    <message>
        <source>&amp;Find a species…</source>
        <translation>&amp;Trouver une essence…</translation>
    </message>
    <message>
        <source>&amp;Gallery of crowns</source>
        <translation>&amp;Galerie des houppiers</translation>
    </message>
    <message>
        <source>&amp;Species list</source>
        <translation>&amp;Liste d&apos;essences</translation>
    </message>
    <message>
        <source>&amp;Teach species from my marks</source>
        <translation>&amp;Enseigner les essences par mes marques</translation>
    </message>
    <message>
        <source>Add, remove and order species, choose colours, import and export lists</source>
        <translation>Ajouter, retirer et ordonner des essences, choisir des couleurs, importer et exporter des listes</translation>
    </message>
    <message>
        <source>Crowns &amp;like the selected</source>
        <translation>Houppiers se&amp;mblables à la sélection</translation>
    </message>
    <message>
        <source>Look at the doubtful ones</source>
        <translation>Regarder les douteux</translation>
    </message>
    <message>
        <source>Name the other crowns by what your marked crowns show; mark 2 crowns of 2 species or more</source>
        <translation>Nommer les autres houppiers d&apos;après ceux que vous avez marqués ; marquez 2 houppiers de 2 essences ou plus</translation>
    </message>
    <message>
        <source>Pictures of crowns side by side, alike ones together, to name many at once</source>
        <translation>Images des houppiers côte à côte, les semblables ensemble, pour en nommer beaucoup à la fois</translation>
    </message>
    <message>
        <source>Put the crowns first in the gallery that look like the selected ones</source>
        <translation>Mettre d&apos;abord dans la galerie les houppiers qui ressemblent à la sélection</translation>
    </message>
    <message>
        <source>Species of {crowns}</source>
        <translation>Essence de {crowns}</translation>
    </message>
    <message>
        <source>Take the &amp;lesson back</source>
        <translation>&amp;Retirer la leçon</translation>
    </message>
    <message>
        <source>Teach now</source>
        <translation>Enseigner</translation>
    </message>
    <message>
        <source>The species of this plot with their keys and colours</source>
        <translation>Les essences de cette placette avec leurs touches et leurs couleurs</translation>
    </message>
    <message>
        <source>Type a name, common name or code and name the selected crowns</source>
        <translation>Taper un nom, un nom commun ou un code et nommer les houppiers sélectionnés</translation>
    </message>
    <message>
        <source>Undo the names that the last lesson gave, while nothing was changed since</source>
        <translation>Annuler les noms que la dernière leçon a donnés, tant que rien n&apos;a été changé depuis</translation>
    </message>
    <message>
        <source>{count} crowns were named; undo takes that back.</source>
        <translation>{count} houppiers ont été nommés ; annuler les reprend.</translation>
    </message>
    <message>
        <source>{marks} crowns of {species} species are marked: enough to name the others from them.</source>
        <translation>{marks} houppiers de {species} essences sont marqués : assez pour nommer les autres d&apos;après eux.</translation>
    </message>
</context>
<context>
    <name>SpeciesDesk</name>
    <message>
        <source>1 to 9 name one crown by its model. For several: Shift+1 to 9, the species of the list.</source>
        <translation>1 à 9 nomment un seul houppier d&apos;après son modèle. Pour plusieurs : Maj+1 à 9, les essences de la liste.</translation>
    </message>
    <message>
        <source>No model has told a species of this crown. Shift+1 to 9 name one of the list.</source>
        <translation>Aucun modèle n&apos;a dit l&apos;essence de ce houppier. Maj+1 à 9 en nomment une de la liste.</translation>
    </message>
    <message>
        <source>Select a crown first: 1 to 9 take the species that a model holds likely for it.</source>
        <translation>Sélectionnez d&apos;abord un houppier : 1 à 9 prennent l&apos;essence qu&apos;un modèle tient pour probable.</translation>
    </message>
    <message>
        <source>Select crowns first, then choose their species.</source>
        <translation>Sélectionnez d&apos;abord des houppiers, puis choisissez leur essence.</translation>
    </message>
    <message>
        <source>The species list has no {number}th species.</source>
        <translation>La liste n&apos;a pas d&apos;essence numéro {number}.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so no crown can be named.</source>
        <translation>Cette placette est ouverte en lecture seule ; aucun houppier ne peut être nommé.</translation>
    </message>
    <message>
        <source>{rank}: the model holds only {count} species likely for this crown.</source>
        <translation>{rank} : le modèle ne tient que {count} essences pour probables ici.</translation>
    </message>
</context>
<context>
    <name>SpeciesFinder</name>
    <message>
        <source>Species, common name or code</source>
        <translation>Essence, nom commun ou code</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>tel que tapé</translation>
    </message>
</context>
<context>
    <name>SpeciesKeys</name>
    <message>
        <source>No model has told a species.</source>
        <translation>Aucun modèle n&apos;a indiqué d&apos;essence.</translation>
    </message>
    <message>
        <source>Species {name}, key {digit}</source>
        <translation>Essence {name}, touche {digit}</translation>
    </message>
    <message>
        <source>With Shift: {species}</source>
        <translation>Avec Maj : {species}</translation>
    </message>
</context>
<context>
    <name>SpeciesLesson</name>
    <message>
        <source>Mark more crowns to make it surer.</source>
        <translation>Marquez plus de houppiers pour la rendre plus sûre.</translation>
    </message>
    <message>
        <source>Taught with {marks} marks; too few to say how sure it is.</source>
        <translation>Enseigné avec {marks} marques ; trop peu pour dire à quel point c&apos;est sûr.</translation>
    </message>
    <message>
        <source>Tested on {marks} marks that it had not seen, it named {right} right ({low} to {high}).</source>
        <translation>Essayé sur {marks} marques qu&apos;il n&apos;avait pas vues, il en a nommé {right} juste ({low} à {high}).</translation>
    </message>
</context>
<context>
    <name>SpeciesListDialog</name>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Ajouter…</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Couleur</translation>
    </message>
    <message>
        <source>&amp;Delete list</source>
        <translation>&amp;Supprimer la liste</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>&amp;Descendre</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>&amp;Monter</translation>
    </message>
    <message>
        <source>Add a species from all lists, or any name</source>
        <translation>Ajouter une essence de toutes les listes, ou un nom quelconque</translation>
    </message>
    <message>
        <source>Add a species to the list</source>
        <translation>Ajouter une essence à la liste</translation>
    </message>
    <message>
        <source>By its place in the list</source>
        <translation>Selon sa place dans la liste</translation>
    </message>
    <message>
        <source>Delete your list; plots keep their copy</source>
        <translation>Supprimer votre liste ; les placettes gardent leur copie</translation>
    </message>
    <message>
        <source>Deleted. This plot keeps its copy until you choose another list.</source>
        <translation>Supprimée. Cette placette garde sa copie jusqu&apos;à ce que vous choisissiez une autre liste.</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Export the species list</source>
        <translation>Exporter la liste d&apos;essences</translation>
    </message>
    <message>
        <source>Import a species list</source>
        <translation>Importer une liste d&apos;essences</translation>
    </message>
    <message>
        <source>Its colour on the map and in the gallery</source>
        <translation>Sa couleur sur la carte et dans la galerie</translation>
    </message>
    <message>
        <source>Move it down</source>
        <translation>La descendre</translation>
    </message>
    <message>
        <source>Move it up; the first nine have a key</source>
        <translation>La monter ; les neuf premières ont une touche</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>Nom de la liste</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>Enregistrer et employer</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Liste d&apos;essences</translation>
    </message>
    <message>
        <source>Species lists (*.csv *.txt);;All files (*)</source>
        <translation>Listes d&apos;essences (*.csv *.txt);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Species lists (*.csv)</source>
        <translation>Listes d&apos;essences (*.csv)</translation>
    </message>
    <message>
        <source>Take the marked species off the list</source>
        <translation>Retirer de la liste l&apos;essence marquée</translation>
    </message>
    <message>
        <source>Take the species of a CSV or of a text with one name a line</source>
        <translation>Prendre les essences d&apos;un CSV ou d&apos;un texte à raison d&apos;un nom par ligne</translation>
    </message>
    <message>
        <source>The first nine have the keys Shift+1 to Shift+9 and colours that every kind of colour vision tells apart. “dead”, “unknown” and “not a tree” stand below every list.</source>
        <translation>Les neuf premières ont les touches Maj+1 à Maj+9 et des couleurs que toute vision des couleurs distingue. « mort », « inconnu » et « pas un arbre » se trouvent sous chaque liste.</translation>
    </message>
    <message>
        <source>Write the list as CSV</source>
        <translation>Écrire la liste en CSV</translation>
    </message>
    <message>
        <source>Written to {name}.</source>
        <translation>Écrit dans {name}.</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>pas encore employée</translation>
    </message>
    <message>
        <source>{count} species read from {name}.</source>
        <translation>{count} essences lues dans {name}.</translation>
    </message>
    <message>
        <source>{list}, my list</source>
        <translation>{list}, ma liste</translation>
    </message>
    <message>
        <source>{name} stands below every list already.</source>
        <translation>{name} se trouve déjà sous chaque liste.</translation>
    </message>
</context>
<context>
    <name>SpeciesLists</name>
    <message>
        <source>Eastern Canada</source>
        <translation>Est du Canada</translation>
    </message>
    <message>
        <source>Eastern North America</source>
        <translation>Est de l&apos;Amérique du Nord</translation>
    </message>
    <message>
        <source>Europe</source>
        <translation>Europe</translation>
    </message>
    <message>
        <source>Western North America</source>
        <translation>Ouest de l&apos;Amérique du Nord</translation>
    </message>
</context>
<context>
    <name>SpeciesOffers</name>
    <message>
        <source>Species that fit</source>
        <translation>Essences qui conviennent</translation>
    </message>
</context>
<context>
    <name>SpeciesPanel</name>
    <message>
        <source>Change the list, make one of your own, import or export</source>
        <translation>Changer la liste, en faire une à vous, importer ou exporter</translation>
    </message>
    <message>
        <source>Change the species list</source>
        <translation>Changer la liste d&apos;essences</translation>
    </message>
    <message>
        <source>Click or Shift+1 to 9 names {crowns}.</source>
        <translation>Cliquez, ou Maj+1 à 9 : nomme {crowns}.</translation>
    </message>
    <message>
        <source>Open a plot to name its crowns.</source>
        <translation>Ouvrez une placette pour nommer ses houppiers.</translation>
    </message>
    <message>
        <source>Reading only.</source>
        <translation>Lecture seule.</translation>
    </message>
    <message>
        <source>Search all species: name, common name or code</source>
        <translation>Chercher parmi toutes les essences : nom, nom commun ou code</translation>
    </message>
    <message>
        <source>Search species</source>
        <translation>Chercher une essence</translation>
    </message>
    <message>
        <source>Select crowns, then click a species or press Shift+1 to 9.</source>
        <translation>Sélectionnez des houppiers, puis cliquez une essence ou tapez Maj+1 à 9.</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Liste d&apos;essences</translation>
    </message>
    <message>
        <source>The list of this plot; it is kept with the plot</source>
        <translation>La liste de cette placette ; elle est gardée avec la placette</translation>
    </message>
</context>
<context>
    <name>SpeciesRows</name>
    <message>
        <source>Shift+{key}</source>
        <translation>Maj+{key}</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
</context>
<context>
    <name>SpeciesTeaching</name>
    <message>
        <source>Teaching</source>
        <translation>Apprentissage</translation>
    </message>
</context>
<context>
    <name>StatisticsPanel</name>
    <message>
        <source>Biomass</source>
        <translation>Biomasse</translation>
    </message>
    <message>
        <source>By crown area</source>
        <translation>Selon surf. houppier</translation>
    </message>
    <message>
        <source>Crown diameter</source>
        <translation>Diamètre du houppier</translation>
    </message>
    <message>
        <source>Cut by border</source>
        <translation>Au bord</translation>
    </message>
    <message>
        <source>Estimated, with its 95 % interval; the report names the equation</source>
        <translation>Estimé, avec son intervalle à 95 % ; le rapport nomme l&apos;équation</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Height (m) by crown</source>
        <translation>Hauteur (m) selon le houppier</translation>
    </message>
    <message>
        <source>Heights and crown diameters are those of the trees that the mosaic&apos;s border does not cut</source>
        <translation>Les hauteurs et les diamètres sont ceux des arbres que le bord de la mosaïque ne coupe pas</translation>
    </message>
    <message>
        <source>Mean height</source>
        <translation>Haut. moyenne</translation>
    </message>
    <message>
        <source>Mean height weighted by crown area, like Lorey&apos;s height</source>
        <translation>Hauteur moyenne pondérée par la surface des houppiers, à la manière de celle de Lorey</translation>
    </message>
    <message>
        <source>Per hectare</source>
        <translation>Par hectare</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Sélectionnés</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Essence</translation>
    </message>
    <message>
        <source>Trees</source>
        <translation>Arbres</translation>
    </message>
    <message>
        <source>Trees wherever the orthomosaic has data</source>
        <translation>Arbres partout où l&apos;orthomosaïque a des données</translation>
    </message>
    <message>
        <source>Trees whose crown has its centre in the area of interest</source>
        <translation>Arbres dont le houppier a son centre dans la zone d&apos;intérêt</translation>
    </message>
    <message>
        <source>crown diameter, m</source>
        <translation>diamètre du houppier, m</translation>
    </message>
    <message>
        <source>height, m</source>
        <translation>hauteur, m</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>non nommée</translation>
    </message>
    <message>
        <source>{count} on {area}</source>
        <translation>{count} sur {area}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Scale of the map</source>
        <translation>Échelle de la carte</translation>
    </message>
    <message>
        <source>Scale: type one, such as 1:250</source>
        <translation>Échelle : tapez-en une, par exemple 1:250</translation>
    </message>
    <message>
        <source>height {metres}</source>
        <translation>hauteur {metres}</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>sélection : {count}</translation>
    </message>
    <message>
        <source>{crowns} found so far</source>
        <translation>{crowns} trouvés jusqu&apos;ici</translation>
    </message>
</context>
<context>
    <name>StatusLink</name>
    <message>
        <source>Coordinate reference system of the plot</source>
        <translation>Système de coordonnées de la placette</translation>
    </message>
    <message>
        <source>Preparing the map</source>
        <translation>Préparation de la carte</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>local CRS</source>
        <translation>SCR local</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>sans SCR</translation>
    </message>
</context>
<context>
    <name>TableActions</name>
    <message>
        <source>&amp;Copy rows for a spreadsheet</source>
        <translation>Co&amp;pier les lignes pour un tableur</translation>
    </message>
    <message>
        <source>&amp;Filter the table</source>
        <translation>&amp;Filtrer le tableau</translation>
    </message>
    <message>
        <source>&amp;Paste into the marked column</source>
        <translation>C&amp;oller dans la colonne marquée</translation>
    </message>
    <message>
        <source>&amp;Select what the filter shows</source>
        <translation>&amp;Sélectionner ce que montre le filtre</translation>
    </message>
    <message>
        <source>Add columns of your own: text, numbers, yes or no, dates, choices</source>
        <translation>Ajouter des colonnes à vous : texte, nombres, oui ou non, dates, choix</translation>
    </message>
    <message>
        <source>C&amp;hoose columns…</source>
        <translation>C&amp;hoisir les colonnes…</translation>
    </message>
    <message>
        <source>Change &amp;many crowns…</source>
        <translation>Changer &amp;beaucoup de houppiers…</translation>
    </message>
    <message>
        <source>Copy the selected crowns with the columns that the table shows</source>
        <translation>Copier les houppiers sélectionnés avec les colonnes que montre le tableau</translation>
    </message>
    <message>
        <source>Fi&amp;elds of this plot…</source>
        <translation>Champs d&amp;e cette placette…</translation>
    </message>
    <message>
        <source>Give all selected crowns, or all that the filter shows, a value at once</source>
        <translation>Donner d&apos;un coup une valeur à tous les houppiers sélectionnés, ou à tous ceux que montre le filtre</translation>
    </message>
    <message>
        <source>Select on the map the crowns that the table shows</source>
        <translation>Sélectionner sur la carte les houppiers que montre le tableau</translation>
    </message>
    <message>
        <source>Show, hide and arrange the columns of the table</source>
        <translation>Montrer, masquer et ranger les colonnes du tableau</translation>
    </message>
    <message>
        <source>Type which crowns the table shows</source>
        <translation>Taper quels houppiers montre le tableau</translation>
    </message>
    <message>
        <source>Write copied values into a column of the selected crowns</source>
        <translation>Écrire des valeurs copiées dans une colonne des houppiers sélectionnés</translation>
    </message>
</context>
<context>
    <name>TableClipboard</name>
    <message>
        <source>Nothing to change: these values are there already.</source>
        <translation>Rien à changer : ces valeurs y sont déjà.</translation>
    </message>
    <message>
        <source>Select the rows to paste into first.</source>
        <translation>Sélectionnez d&apos;abord les lignes où coller.</translation>
    </message>
    <message>
        <source>{column} is measured and cannot be pasted into.</source>
        <translation>{column} est mesuré ; on ne peut pas y coller.</translation>
    </message>
    <message>
        <source>{count} changed. Ctrl+Z takes it back.</source>
        <translation>{count} changés. Ctrl+Z l&apos;annule.</translation>
    </message>
    <message>
        <source>{count} copied as a table.</source>
        <translation>{count} copiés comme tableau.</translation>
    </message>
    <message>
        <source>{lines} lines were copied, and {rows} rows are selected. Copy one value, or as many as rows.</source>
        <translation>{lines} lignes ont été copiées, et {rows} lignes sont sélectionnées. Copiez une seule valeur, ou autant que de lignes.</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Add a corner</source>
        <translation>Ajouter un sommet</translation>
    </message>
    <message>
        <source>Area {number}</source>
        <translation>Zone {number}</translation>
    </message>
    <message>
        <source>Backspace takes corners back.</source>
        <translation>Retour arrière retire des sommets.</translation>
    </message>
    <message>
        <source>Backspace: take back    Esc: drop</source>
        <translation>Retour arrière : reprendre    Échap : abandonner</translation>
    </message>
    <message>
        <source>Click a crown    Right-click: not this    Drag: box around it    Esc: back to Select</source>
        <translation>Cliquez un houppier    Clic droit : pas ceci    Glisser : rectangle autour    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Click along the edge of the crown    Space+drag: move the map    Esc: back to Select</source>
        <translation>Cliquez le long du bord du houppier    Espace+glisser : déplacer la carte    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Click the area whose outline you want to correct</source>
        <translation>Cliquez la zone dont vous voulez corriger le contour</translation>
    </message>
    <message>
        <source>Click the corners of an area in which every crown is outlined, or drag a rectangle</source>
        <translation>Cliquez les sommets d&apos;une zone où chaque houppier est délimité, ou tirez un rectangle</translation>
    </message>
    <message>
        <source>Click the crown that is cut out of crown {number}    Esc: let go</source>
        <translation>Cliquez le houppier à retrancher du houppier {number}    Échap : lâcher</translation>
    </message>
    <message>
        <source>Click the crown that is too large</source>
        <translation>Cliquez le houppier qui est trop grand</translation>
    </message>
    <message>
        <source>Click the crown to change; Shift+click adds more    Esc: back to Select</source>
        <translation>Cliquez le houppier à changer ; Maj+clic en ajoute    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Click the crown whose outline you want to correct</source>
        <translation>Cliquez le houppier dont vous voulez corriger le contour</translation>
    </message>
    <message>
        <source>Click what belongs to the selected crown, right-click what does not    Esc: outline a new one</source>
        <translation>Cliquez ce qui appartient au houppier sélectionné, clic droit sur le reste    Échap : un nouveau</translation>
    </message>
    <message>
        <source>Click: first point of a distance or an area    Esc: back to Select</source>
        <translation>Clic : premier point d&apos;une distance ou d&apos;une surface    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Click: next point    Backspace: take back    Esc: drop the outline</source>
        <translation>Clic : point suivant    Retour arrière : reprendre    Échap : abandonner le contour</translation>
    </message>
    <message>
        <source>Click: next point    Enter, double-click or right-click: finish    Backspace: take back</source>
        <translation>Clic : point suivant    Entrée, double-clic ou clic droit : terminer    Retour arrière : reprendre</translation>
    </message>
    <message>
        <source>Click: next point    Enter, double-click or right-click: show the heights    Backspace: take back</source>
        <translation>Clic : point suivant    Entrée, double-clic ou clic droit : voir les hauteurs    Retour arrière : reprendre</translation>
    </message>
    <message>
        <source>Click: next point    first point: close for the area    Enter: finish    Backspace: take back</source>
        <translation>Clic : point suivant    premier point : fermer pour la surface    Entrée : terminer    Retour arrière : reprendre</translation>
    </message>
    <message>
        <source>Click: select    Shift: add    Ctrl: toggle    drag: select in a box    Del: delete the selected crowns</source>
        <translation>Clic : sélectionner    Maj : ajouter    Ctrl : basculer    glisser : rectangle    Suppr : supprimer</translation>
    </message>
    <message>
        <source>Click: start of the profile    Esc: back to Select</source>
        <translation>Clic : début du profil    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Cut and fill holes</source>
        <translation>Percer et combler des trous</translation>
    </message>
    <message>
        <source>Cut crowns</source>
        <translation>Couper des houppiers</translation>
    </message>
    <message>
        <source>Drag a box around a crown    Click: more    Right-click: less    Esc: back to Select</source>
        <translation>Tirez un rectangle autour d&apos;un houppier    Clic : plus    Clic droit : moins    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Drag a corner, or a + to add one    Ctrl+click: remove a corner    Shift+drag: pick several</source>
        <translation>Glissez un sommet, ou un + pour en ajouter    Ctrl+clic : enlever un sommet    Maj+glisser : en prendre plusieurs</translation>
    </message>
    <message>
        <source>Drag around crowns to select them    Shift: add    Ctrl: toggle    Esc: back to Select</source>
        <translation>Entourez des houppiers pour les sélectionner    Maj : ajouter    Ctrl : basculer    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Drag around the crown and let go    Space+drag: move the map    Esc: back to Select</source>
        <translation>Entourez le houppier et relâchez    Espace+glisser : déplacer la carte    Échap : Sélectionner</translation>
    </message>
    <message>
        <source>Drag around the gap inside a crown, or click its corners    Ctrl+click in a hole: fill it</source>
        <translation>Entourez le vide dans un houppier, ou cliquez ses sommets    Ctrl+clic dans un trou : le combler</translation>
    </message>
    <message>
        <source>Drag over the crowns that are one tree, or click them one by one and press Enter</source>
        <translation>Passez sur les houppiers qui ne font qu&apos;un arbre, ou cliquez-les un à un puis Entrée</translation>
    </message>
    <message>
        <source>Drag to move the map. The wheel zooms at the cursor.</source>
        <translation>Glissez pour déplacer la carte. La molette zoome sous le curseur.</translation>
    </message>
    <message>
        <source>Drag: add    Ctrl+drag: erase    [ ] or Ctrl+wheel: size ({size})    Esc: let go</source>
        <translation>Glisser : ajouter    Ctrl+glisser : effacer    [ ] ou Ctrl+molette : taille ({size})    Échap : lâcher</translation>
    </message>
    <message>
        <source>Drag: move the picked corners    Del: remove them    Shift+drag: pick more    Esc: let go</source>
        <translation>Glisser : déplacer les sommets choisis    Suppr : les enlever    Maj+glisser : en choisir d&apos;autres    Échap : lâcher</translation>
    </message>
    <message>
        <source>Draw a complete area</source>
        <translation>Dessiner une zone complète</translation>
    </message>
    <message>
        <source>Draw a crown</source>
        <translation>Dessiner un houppier</translation>
    </message>
    <message>
        <source>Draw a crown freehand</source>
        <translation>Dessiner un houppier à main levée</translation>
    </message>
    <message>
        <source>Draw a line through a crown, from outside to outside    Clicks set points, Enter cuts    Esc: back</source>
        <translation>Tracez une ligne à travers un houppier, de dehors à dehors    Des clics posent des points, Entrée coupe    Échap : retour</translation>
    </message>
    <message>
        <source>Draw a stroke over the border of a crown: it becomes the border there    Clicks set points</source>
        <translation>Tracez un trait sur le bord d&apos;un houppier : il en devient le bord    Des clics posent des points</translation>
    </message>
    <message>
        <source>Draw the new piece of border, from the border back to the border    Clicks set points    Esc: let go</source>
        <translation>Tracez le nouveau morceau de bord, du bord jusqu&apos;au bord    Des clics posent des points    Échap : lâcher</translation>
    </message>
    <message>
        <source>Edit corners</source>
        <translation>Modifier les sommets</translation>
    </message>
    <message>
        <source>Edit corners of an area</source>
        <translation>Modifier les sommets d&apos;une zone</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Enter or Space: accept, and go on with the tool</source>
        <translation>Entrée ou Espace : accepter, et continuer avec l&apos;outil</translation>
    </message>
    <message>
        <source>Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the line</source>
        <translation>Entrée, double-clic ou clic droit : terminer    Retour arrière : reprendre    Échap : abandonner la ligne</translation>
    </message>
    <message>
        <source>Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the outline</source>
        <translation>Entrée, double-clic ou clic droit : terminer    Retour arrière : reprendre    Échap : abandonner le contour</translation>
    </message>
    <message>
        <source>Enter, right-click or the first corner: finish    Backspace: take back    Esc: drop</source>
        <translation>Entrée, clic droit ou premier sommet : terminer    Retour arrière : reprendre    Échap : abandonner</translation>
    </message>
    <message>
        <source>Enter: accept ({score} % sure)</source>
        <translation>Entrée : accepter (sûr à {score} %)</translation>
    </message>
    <message>
        <source>Enter: take what is shown    [ ]: how much    Click: another crown    Esc: let go</source>
        <translation>Entrée : prendre ce qui est montré    [ ] : combien    Clic : un autre houppier    Échap : lâcher</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>Agrandir ou rétrécir</translation>
    </message>
    <message>
        <source>Height profile</source>
        <translation>Profil de hauteur</translation>
    </message>
    <message>
        <source>Let go: finish    Esc: drop the line    Ctrl+Z: take the last bit back</source>
        <translation>Relâcher : terminer    Échap : abandonner la ligne    Ctrl+Z : reprendre le dernier bout</translation>
    </message>
    <message>
        <source>Let go: the rectangle is a complete area    Esc: drop it</source>
        <translation>Relâcher : le rectangle est une zone complète    Échap : l&apos;abandonner</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>Merge crowns</source>
        <translation>Fusionner des houppiers</translation>
    </message>
    <message>
        <source>Move a corner</source>
        <translation>Déplacer un sommet</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Déplacer la carte</translation>
    </message>
    <message>
        <source>Move {} corners</source>
        <translation>Déplacer {} sommets</translation>
    </message>
    <message>
        <source>No model for clicking is installed. Models &gt; Manage models shows where to get one.</source>
        <translation>Aucun modèle pour cliquer n&apos;est installé. Modèles &gt; Gérer les modèles montre où en obtenir un.</translation>
    </message>
    <message>
        <source>Outline a crown by box</source>
        <translation>Délimiter un houppier par rectangle</translation>
    </message>
    <message>
        <source>Outline a crown by click</source>
        <translation>Délimiter un houppier par clic</translation>
    </message>
    <message>
        <source>Outline crown by click</source>
        <translation>Délimiter un houppier par clic</translation>
    </message>
    <message>
        <source>Paint and erase</source>
        <translation>Peindre et effacer</translation>
    </message>
    <message>
        <source>Refine crown {number}</source>
        <translation>Affiner le houppier {number}</translation>
    </message>
    <message>
        <source>Remove a corner</source>
        <translation>Enlever un sommet</translation>
    </message>
    <message>
        <source>Remove {} corners</source>
        <translation>Enlever {} sommets</translation>
    </message>
    <message>
        <source>Reshape a border</source>
        <translation>Retracer un bord</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Sélectionner</translation>
    </message>
    <message>
        <source>Select the crown from which you want to erase, or begin on it.</source>
        <translation>Sélectionnez le houppier dont vous voulez effacer, ou commencez sur lui.</translation>
    </message>
    <message>
        <source>Select the crowns first.</source>
        <translation>Sélectionnez d&apos;abord les houppiers.</translation>
    </message>
    <message>
        <source>Select with a lasso</source>
        <translation>Sélectionner au lasso</translation>
    </message>
    <message>
        <source>Select {count} crowns at most: they are shown as they change.</source>
        <translation>Sélectionnez au plus {count} houppiers : on les montre pendant qu&apos;ils changent.</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>Simplifier</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Lisser</translation>
    </message>
    <message>
        <source>Subtract a crown</source>
        <translation>Retrancher un houppier</translation>
    </message>
    <message>
        <source>Tab: another reading</source>
        <translation>Tab : une autre lecture</translation>
    </message>
    <message>
        <source>The model is at work …    Enter: accept what it finds    Esc: drop</source>
        <translation>Le modèle travaille …    Entrée : accepter ce qu&apos;il trouve    Échap : abandonner</translation>
    </message>
    <message>
        <source>The model is being made ready …</source>
        <translation>Le modèle se prépare …</translation>
    </message>
    <message>
        <source>The model looks at this place for the first time …    Click, or drag a box</source>
        <translation>Le modèle regarde cet endroit pour la première fois …    Cliquez, ou tirez un rectangle</translation>
    </message>
    <message>
        <source>The model sees no crown there. Try another place, or draw it.</source>
        <translation>Le modèle ne voit pas de houppier ici. Essayez ailleurs, ou dessinez-le.</translation>
    </message>
    <message>
        <source>The stroke goes over fewer than two crowns.</source>
        <translation>Le trait passe sur moins de deux houppiers.</translation>
    </message>
    <message>
        <source>There is no hole at that place.</source>
        <translation>Il n&apos;y a pas de trou à cet endroit.</translation>
    </message>
    <message>
        <source>There is no orthomosaic inside this outline. Draw the area where the plot is.</source>
        <translation>Il n&apos;y a pas d&apos;orthomosaïque dans ce contour. Dessinez la zone là où se trouve la placette.</translation>
    </message>
    <message>
        <source>There is no orthomosaic inside this outline. Keep the area where the plot is.</source>
        <translation>Il n&apos;y a pas d&apos;orthomosaïque dans ce contour. Gardez la zone là où se trouve la placette.</translation>
    </message>
    <message>
        <source>This plot has no DSM, so there are no heights along a line.</source>
        <translation>Cette placette n&apos;a pas de MNS ; il n&apos;y a donc pas de hauteurs le long d&apos;une ligne.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so areas cannot be changed.</source>
        <translation>Cette placette est ouverte en lecture seule ; ses zones ne peuvent pas être changées.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so areas cannot be drawn.</source>
        <translation>Cette placette est ouverte en lecture seule ; on ne peut pas y dessiner de zones.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be changed.</source>
        <translation>Cette placette est ouverte en lecture seule ; ses houppiers ne peuvent pas être changés.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be drawn.</source>
        <translation>Cette placette est ouverte en lecture seule ; on ne peut pas y dessiner de houppiers.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be outlined.</source>
        <translation>Cette placette est ouverte en lecture seule ; on ne peut pas y délimiter de houppiers.</translation>
    </message>
    <message>
        <source>around {length}</source>
        <translation>pourtour {length}</translation>
    </message>
    <message>
        <source>click: more    right-click: less</source>
        <translation>clic : plus    clic droit : moins</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>se croise lui-même</translation>
    </message>
    <message>
        <source>last side {length}</source>
        <translation>dernier côté {length}</translation>
    </message>
    <message>
        <source>surface {rise}</source>
        <translation>surface {rise}</translation>
    </message>
    <message>
        <source>too much</source>
        <translation>trop</translation>
    </message>
    <message>
        <source>{before} → {after} corners</source>
        <translation>{before} → {after} sommets</translation>
    </message>
    <message>
        <source>{before} → {after} m²</source>
        <translation>{before} → {after} m²</translation>
    </message>
    <message>
        <source>{count} stay</source>
        <translation>{count} restent</translation>
    </message>
    <message>
        <source>{edit} of {count} crowns</source>
        <translation>{edit} de {count} houppiers</translation>
    </message>
    <message>
        <source>{keys}: merge the {count} chosen crowns    Click: choose more or fewer    Esc: let go</source>
        <translation>{keys} : fusionner les {count} houppiers choisis    Clic : en choisir plus ou moins    Échap : lâcher</translation>
    </message>
</context>
<context>
    <name>ToolOverlay</name>
    <message>
        <source>Any key or a click closes this. {key} shows and changes every shortcut.</source>
        <translation>Une touche ou un clic ferme ceci. {key} montre et change tous les raccourcis.</translation>
    </message>
    <message>
        <source>Keys and gestures of the tool in hand</source>
        <translation>Touches et gestes de l&apos;outil en main</translation>
    </message>
</context>
<context>
    <name>TwinNotice</name>
    <message>
        <source>Split</source>
        <translation>Séparer</translation>
    </message>
    <message>
        <source>The heights show {count} peaks in it</source>
        <translation>Les hauteurs y montrent {count} cimes</translation>
    </message>
</context>
<context>
    <name>TwoDatesActions</name>
    <message>
        <source>&amp;Carry crowns over</source>
        <translation>&amp;Reporter des houppiers</translation>
    </message>
    <message>
        <source>C&amp;lose the second survey</source>
        <translation>&amp;Fermer le deuxième relevé</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Tableau CSV (*.csv)</translation>
    </message>
    <message>
        <source>Compare a&amp;gain</source>
        <translation>Comparer de &amp;nouveau</translation>
    </message>
    <message>
        <source>Compare with last year&apos;s plot or orthomosaic of the same place</source>
        <translation>Comparer avec la placette ou l&apos;orthomosaïque de l&apos;an dernier au même endroit</translation>
    </message>
    <message>
        <source>Export &amp;table…</source>
        <translation>Exporter le &amp;tableau…</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>Exporter le tableau</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Match the crowns as they are now with those of the second survey</source>
        <translation>Apparier les houppiers actuels avec ceux du deuxième relevé</translation>
    </message>
    <message>
        <source>Open a &amp;second survey…</source>
        <translation>Ouvrir un &amp;deuxième relevé…</translation>
    </message>
    <message>
        <source>Open a second survey of this place</source>
        <translation>Ouvrir un deuxième relevé de cet endroit</translation>
    </message>
    <message>
        <source>Put earlier crowns that have no partner here as proposals</source>
        <translation>Poser comme propositions les houppiers antérieurs sans partenaire ici</translation>
    </message>
    <message>
        <source>Show the &amp;other date</source>
        <translation>Montrer l&apos;&amp;autre date</translation>
    </message>
    <message>
        <source>Show the orthomosaic of the second survey instead, and back</source>
        <translation>Montrer à la place l&apos;orthomosaïque du deuxième relevé, et revenir</translation>
    </message>
    <message>
        <source>Two dates</source>
        <translation>Deux dates</translation>
    </message>
    <message>
        <source>Write growth, losses and new trees as CSV or GeoPackage</source>
        <translation>Écrire accroissements, pertes et nouveaux arbres en CSV ou GeoPackage</translation>
    </message>
    <message>
        <source>{count} trees written to {path}.</source>
        <translation>{count} arbres écrits dans {path}.</translation>
    </message>
</context>
<context>
    <name>TwoDatesPanel</name>
    <message>
        <source>All trees</source>
        <translation>Tous les arbres</translation>
    </message>
    <message>
        <source>Beside {name}</source>
        <translation>À côté de {name}</translation>
    </message>
    <message>
        <source>Carry over</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Comparer de nouveau</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparaison…</translation>
    </message>
    <message>
        <source>Day of the earlier survey</source>
        <translation>Jour du relevé antérieur</translation>
    </message>
    <message>
        <source>Day of the open survey</source>
        <translation>Jour du relevé ouvert</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Median growth {growth}.</source>
        <translation>Accroissement médian {growth}.</translation>
    </message>
    <message>
        <source>Mortality {percent} %.</source>
        <translation>Mortalité {percent} %.</translation>
    </message>
    <message>
        <source>No second survey</source>
        <translation>Pas de deuxième relevé</translation>
    </message>
    <message>
        <source>Open last year&apos;s plot of this place, to see growth, losses and new trees.</source>
        <translation>Ouvrez la placette de l&apos;an dernier au même endroit pour voir accroissements, pertes et nouveaux arbres.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>This plot has no crowns yet, so every earlier tree counts as gone. Carry them over, or outline this plot first.</source>
        <translation>Cette placette n&apos;a pas encore de houppiers : chaque arbre antérieur compte comme disparu. Reportez-les, ou délimitez d&apos;abord cette placette.</translation>
    </message>
    <message>
        <source>Trees of two dates</source>
        <translation>Arbres de deux dates</translation>
    </message>
    <message>
        <source>Which trees</source>
        <translation>Quels arbres</translation>
    </message>
    <message>
        <source>day now</source>
        <translation>jour actuel</translation>
    </message>
    <message>
        <source>day then</source>
        <translation>jour d&apos;alors</translation>
    </message>
    <message>
        <source>{name} has no crowns, so every tree here counts as new. Outline its crowns first: open it as a plot.</source>
        <translation>{name} n&apos;a pas de houppiers : chaque arbre ici compte comme nouveau. Délimitez-les d&apos;abord : ouvrez-le comme placette.</translation>
    </message>
    <message>
        <source>{name}, typed as 2025-07-31</source>
        <translation>{name}, tapé comme 2025-07-31</translation>
    </message>
    <message>
        <source>“{text}” is no day. Type it as 2025-07-31.</source>
        <translation>« {text} » n&apos;est pas une date. Tapez-la ainsi : 2025-07-31.</translation>
    </message>
</context>
<context>
    <name>TypedEditors</name>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>varies</source>
        <translation>varie</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
</context>
<context>
    <name>UnheardKeys</name>
    <message>
        <source>{action}: {reason}</source>
        <translation>{action} : {reason}</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>{count} crown</source>
        <translation>{count} houppier</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} houppiers</translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Sombre</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Plein écran</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>S&amp;ystème</translation>
    </message>
    <message>
        <source>Canopy hei&amp;ght</source>
        <translation>&amp;Hauteur de canopée</translation>
    </message>
    <message>
        <source>DSM &amp;colours</source>
        <translation>&amp;MNS en couleurs</translation>
    </message>
    <message>
        <source>DSM &amp;hillshade</source>
        <translation>MNS &amp;ombré</translation>
    </message>
    <message>
        <source>Show cro&amp;wns</source>
        <translation>Afficher les &amp;houppiers</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom a&amp;vant</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>Zoom to the &amp;plot</source>
        <translation>Zoom sur la &amp;placette</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>A small forest made on this computer, with known crowns. Works offline.</source>
        <translation>Une petite forêt créée sur cet ordinateur, aux houppiers connus. Fonctionne hors ligne.</translation>
    </message>
    <message>
        <source>An orthomosaic (GeoTIFF) with its DSM, or a BirchTree plot (.birch.gpkg)</source>
        <translation>Une orthomosaïque (GeoTIFF) avec son MNS, ou une placette BirchTree (.birch.gpkg)</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Langue de la fenêtre</translation>
    </message>
    <message>
        <source>Open a plot…</source>
        <translation>Ouvrir une placette…</translation>
    </message>
    <message>
        <source>Outline, measure and correct every tree crown of a drone survey.</source>
        <translation>Délimiter, mesurer et corriger chaque houppier d&apos;un relevé par drone.</translation>
    </message>
    <message>
        <source>Plots that you open appear here.</source>
        <translation>Les placettes que vous ouvrez apparaissent ici.</translation>
    </message>
    <message>
        <source>Recent plots</source>
        <translation>Placettes récentes</translation>
    </message>
    <message>
        <source>Try the sample plot</source>
        <translation>Essayer la placette d&apos;exemple</translation>
    </message>
    <message>
        <source>You can also drop files anywhere in this window.</source>
        <translation>Vous pouvez aussi déposer des fichiers n&apos;importe où dans cette fenêtre.</translation>
    </message>
</context>
<context>
    <name>WhyNot</name>
    <message>
        <source>A run is going on: wait for its end, or stop it.</source>
        <translation>Un traitement est en cours : attendez sa fin, ou arrêtez-le.</translation>
    </message>
    <message>
        <source>Name some crowns of each species first.</source>
        <translation>Nommez d&apos;abord quelques houppiers de chaque essence.</translation>
    </message>
    <message>
        <source>No run is going on.</source>
        <translation>Aucun traitement n&apos;est en cours.</translation>
    </message>
    <message>
        <source>No run was interrupted.</source>
        <translation>Aucun traitement n&apos;a été interrompu.</translation>
    </message>
    <message>
        <source>Only in the review of crowns.</source>
        <translation>Seulement pendant la révision des houppiers.</translation>
    </message>
    <message>
        <source>Only while the swipe line is there.</source>
        <translation>Seulement tant que le rideau est là.</translation>
    </message>
    <message>
        <source>Open a plot first.</source>
        <translation>Ouvrez d&apos;abord une placette.</translation>
    </message>
    <message>
        <source>Open a second survey first.</source>
        <translation>Ouvrez d&apos;abord un deuxième relevé.</translation>
    </message>
    <message>
        <source>Select a crown first.</source>
        <translation>Sélectionnez d&apos;abord un houppier.</translation>
    </message>
    <message>
        <source>The latest edit is no lesson.</source>
        <translation>La dernière modification n&apos;est pas une leçon.</translation>
    </message>
    <message>
        <source>The review is going on.</source>
        <translation>La révision est en cours.</translation>
    </message>
    <message>
        <source>The sample plot is being made.</source>
        <translation>La placette d&apos;exemple est en préparation.</translation>
    </message>
    <message>
        <source>The second survey has no crowns.</source>
        <translation>Le deuxième relevé n&apos;a pas de houppiers.</translation>
    </message>
    <message>
        <source>The two surveys are being compared.</source>
        <translation>Les deux relevés sont en comparaison.</translation>
    </message>
    <message>
        <source>The two surveys were not compared yet.</source>
        <translation>Les deux relevés n’ont pas encore été comparés.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Il n&apos;y a rien à rétablir.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Il n&apos;y a rien à annuler.</translation>
    </message>
    <message>
        <source>This plot does not say where on Earth it lies: its orthomosaic has no CRS.</source>
        <translation>Cette placette ne dit pas où elle se trouve sur Terre : son orthomosaïque n&apos;a pas de système de coordonnées.</translation>
    </message>
    <message>
        <source>This plot has no DSM: Plot &gt; Rasters adds one.</source>
        <translation>Cette placette n&apos;a pas de MNS : Placette &gt; Rasters en ajoute un.</translation>
    </message>
    <message>
        <source>This plot has no crowns yet.</source>
        <translation>Cette placette n&apos;a pas encore de houppiers.</translation>
    </message>
    <message>
        <source>This plot is open for reading only.</source>
        <translation>Cette placette est ouverte en lecture seule.</translation>
    </message>
</context>
<context>
    <name>WindowLink</name>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Ouvrir {name}</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Ouverture de {name}</translation>
    </message>
</context>
<context>
    <name>WorkerClient</name>
    <message>
        <source>BirchTree could not start its own worker ({program}). Install BirchTree again.</source>
        <translation>BirchTree n&apos;a pas pu démarrer son propre processus de travail ({program}). Réinstallez BirchTree.</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept.</source>
        <translation>Arrêté. Tout ce qui est terminé est conservé.</translation>
    </message>
    <message>
        <source>The work stopped unexpectedly (exit code {code}). What was finished is kept; start it again to go on.</source>
        <translation>Le travail s&apos;est arrêté de façon inattendue (code de sortie {code}). Ce qui est terminé est conservé ; relancez-le pour continuer.</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> (character {at}).</source>
        <translation> (caractère {at}).</translation>
    </message>
    <message>
        <source> ({value} {unit} a year)</source>
        <translation> ({value} {unit} par an)</translation>
    </message>
    <message>
        <source> In short: {summary}</source>
        <translation> En bref : {summary}</translation>
    </message>
    <message>
        <source> Its own words: {url}.</source>
        <translation> Son propre texte : {url}.</translation>
    </message>
    <message>
        <source> and its neighbour</source>
        <translation> et son voisin</translation>
    </message>
    <message>
        <source> and others</source>
        <translation> et d&apos;autres</translation>
    </message>
    <message>
        <source> with {crowns} crowns</source>
        <translation> avec {crowns} houppiers</translation>
    </message>
    <message>
        <source> {deleted} that the file lacks were deleted, {accepted} that it left as they were accepted.</source>
        <translation> {deleted} que le fichier n&apos;a pas ont été supprimés, {accepted} qu&apos;il a laissés tels quels acceptés.</translation>
    </message>
    <message>
        <source> {unchanged} were there already.</source>
        <translation> {unchanged} y étaient déjà.</translation>
    </message>
    <message>
        <source>, chosen by {VARIABLE}</source>
        <translation>, choisi par {VARIABLE}</translation>
    </message>
    <message>
        <source>, {yearly} a year.</source>
        <translation>, {yearly} par an.</translation>
    </message>
    <message>
        <source>, {years} years</source>
        <translation>, {years} ans</translation>
    </message>
    <message>
        <source>--aoi complete means the complete areas of the truth, but {name} is no BirchTree project. Give a file with polygons instead.</source>
        <translation>--aoi complete désigne les zones complètes de la vérité, mais {name} n&apos;est pas un projet BirchTree. Donnez plutôt un fichier de polygones.</translation>
    </message>
    <message>
        <source>--iou must be above 0 and at most 1, not {value}.</source>
        <translation>--iou doit être supérieur à 0 et au plus 1, non {value}.</translation>
    </message>
    <message>
        <source>--pace is for our own small model. With --preset the training itself tells at its start how long it will take.</source>
        <translation>--pace vaut pour notre propre petit modèle. Avec --preset, l&apos;entraînement dit lui-même à son début combien de temps il prendra.</translation>
    </message>
    <message>
        <source>--precision {value} is not between 0 and 1.</source>
        <translation>--precision {value} n&apos;est pas entre 0 et 1.</translation>
    </message>
    <message>
        <source>--scheduler needs Dask distributed, which this installation lacks. Install it once, with `.venv/bin/pip install -e &apos;.[fleet]&apos;` in the folder of BirchTree&apos;s source; or leave --scheduler out, and this computer does all the work.</source>
        <translation>--scheduler demande Dask distributed, qui manque à cette installation. Installez-le une fois avec `.venv/bin/pip install -e &apos;.[fleet]&apos;` dans le dossier des sources de BirchTree ; ou omettez --scheduler, et cet ordinateur fait tout le travail.</translation>
    </message>
    <message>
        <source>--threshold {value} is not between 0 and 1.</source>
        <translation>--threshold {value} n&apos;est pas entre 0 et 1.</translation>
    </message>
    <message>
        <source>--top-k takes a number from 1 to {most}, not {found}.</source>
        <translation>--top-k prend un nombre de 1 à {most}, non {found}.</translation>
    </message>
    <message>
        <source>--{name} belongs to one plot, and this command names many. Put it into a list (CSV) with the columns ortho, dsm, dtm, aoi and output.</source>
        <translation>--{name} va avec une seule placette, et cette commande en nomme plusieurs. Mettez-les dans une liste (CSV) avec les colonnes ortho, dsm, dtm, aoi et output.</translation>
    </message>
    <message>
        <source>; {up_to_date} were up to date.</source>
        <translation>; {up_to_date} étaient à jour.</translation>
    </message>
    <message>
        <source>A cell of the grid needs a side of more than 0 m.</source>
        <translation>Une maille doit avoir plus de 0 m de côté.</translation>
    </message>
    <message>
        <source>A choice needs at least one value to choose from.</source>
        <translation>Un choix demande au moins une valeur.</translation>
    </message>
    <message>
        <source>A closing bracket is missing</source>
        <translation>Il manque une parenthèse fermante</translation>
    </message>
    <message>
        <source>A crown needs at least three corners.</source>
        <translation>Un houppier demande au moins trois sommets.</translation>
    </message>
    <message>
        <source>A field needs a name.</source>
        <translation>Un champ doit avoir un nom.</translation>
    </message>
    <message>
        <source>A grid of points</source>
        <translation>Une grille de points</translation>
    </message>
    <message>
        <source>A grid of such cells would have {count} of them. Choose larger cells.</source>
        <translation>Un quadrillage de telles mailles en compterait {count}. Choisissez des mailles plus grandes.</translation>
    </message>
    <message>
        <source>A hole must lie wholly inside its crown. Draw it smaller.</source>
        <translation>Un trou doit se trouver entièrement dans son houppier. Dessinez-le plus petit.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed already. To put another in its place, repeat the command with --replace.</source>
        <translation>Un modèle {model_id} est déjà installé. Pour le remplacer par un autre, répétez la commande avec --replace.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed already. To put this one in its place, repeat the command with --replace.</source>
        <translation>Un modèle {model_id} est déjà installé. Pour mettre celui-ci à sa place, répétez la commande avec --replace.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed on that machine, but its weights or settings are not those of the model that this run uses, so its results would not match those of the other machines.</source>
        <translation>Un modèle {model_id} est installé sur cette machine, mais ses poids ou ses réglages ne sont pas ceux du modèle que ce calcul emploie : ses résultats ne s&apos;accorderaient pas avec ceux des autres machines.</translation>
    </message>
    <message>
        <source>A parameter is written NAME=VALUE, but {word} is not.</source>
        <translation>Un paramètre s&apos;écrit NOM=VALEUR, ce qui n&apos;est pas le cas de {word}.</translation>
    </message>
    <message>
        <source>A plot is named twice. Name each plot once.</source>
        <translation>Une placette est nommée deux fois. Nommez chaque placette une seule fois.</translation>
    </message>
    <message>
        <source>A plot&apos;s file must end in {suffix}, but {path} does not. Write for example -o {better}.</source>
        <translation>Le fichier d&apos;une placette doit se terminer par {suffix}, ce qui n&apos;est pas le cas de {path}. Écrivez par exemple -o {better}.</translation>
    </message>
    <message>
        <source>A report is written as .html or .pdf, but {name} ends otherwise. Write for example -o {better}.</source>
        <translation>Un rapport s&apos;écrit en .html ou .pdf, mais {name} se termine autrement. Écrivez par exemple -o {better}.</translation>
    </message>
    <message>
        <source>A species is named twice in {names}.</source>
        <translation>Une essence est nommée deux fois dans {names}.</translation>
    </message>
    <message>
        <source>A species list needs a name of letters or digits.</source>
        <translation>Une liste d&apos;essences demande un nom de lettres ou de chiffres.</translation>
    </message>
    <message>
        <source>A temperature of {temperature} cannot be used: it must be a positive number. Correct the model card.</source>
        <translation>Une température de {temperature} est inutilisable : elle doit être un nombre positif. Corrigez la fiche du modèle.</translation>
    </message>
    <message>
        <source>Accept crown</source>
        <translation>Accepter le houppier</translation>
    </message>
    <message>
        <source>Accept {count} crowns</source>
        <translation>Accepter {count} houppiers</translation>
    </message>
    <message>
        <source>Add field {title}</source>
        <translation>Ajouter le champ {title}</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>Ajouter {count}</translation>
    </message>
    <message>
        <source>After “{before} {sign}” a value is missing (character {at}).</source>
        <translation>Après « {before} {sign} », il manque une valeur (caractère {at}).</translation>
    </message>
    <message>
        <source>After “{sign}” a text is needed (character {at}).</source>
        <translation>Après « {sign} », il faut un texte (caractère {at}).</translation>
    </message>
    <message>
        <source>All crowns are boxes: outlines are learned from their boxes and from what looks alike in them.</source>
        <translation>Tous les houppiers sont des rectangles : les contours s&apos;apprennent de leurs rectangles et de ce qui s&apos;y ressemble.</translation>
    </message>
    <message>
        <source>All workers of the scheduler at {address} are gone, and none came back within {seconds} seconds. Start some with `dask worker {address}`. {resume}</source>
        <translation>Tous les ouvriers de l&apos;ordonnanceur {address} ont disparu, et aucun n&apos;est revenu en {seconds} secondes. Démarrez-en avec `dask worker {address}`. {resume}</translation>
    </message>
    <message>
        <source>All {up_to_date} crowns are up to date; nothing to measure.</source>
        <translation>Les {up_to_date} houppiers sont tous à jour ; rien à mesurer.</translation>
    </message>
    <message>
        <source>An empty name</source>
        <translation>Un nom vide</translation>
    </message>
    <message>
        <source>An overlap of {overlap} or a least visible share of {least_visible} cannot be: use 0 to 0.9, and more than 0 up to 1.</source>
        <translation>Un recouvrement de {overlap} ou une part visible minimale de {least_visible} sont impossibles : employez de 0 à 0,9, et plus de 0 jusqu&apos;à 1.</translation>
    </message>
    <message>
        <source>Apache License 2.0</source>
        <translation>Apache License 2.0</translation>
    </message>
    <message>
        <source>BSD 3-Clause License</source>
        <translation>BSD 3-Clause License</translation>
    </message>
    <message>
        <source>BalSAM with our repairs: elevation free of any datum and optional, anchors in metres</source>
        <translation>BalSAM avec nos réparations : altitude facultative et sans référence d&apos;altitude, ancres en mètres</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for Barro Colorado (100 epochs)</source>
        <translation>BalSAM selon le calendrier des auteurs pour Barro Colorado (100 époques)</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for the forest of SBL (50 epochs)</source>
        <translation>BalSAM selon le calendrier des auteurs pour la forêt de la SBL (50 époques)</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for the plantations of Quebec (50 epochs)</source>
        <translation>BalSAM selon le calendrier des auteurs pour les plantations du Québec (50 époques)</translation>
    </message>
    <message>
        <source>Before “{sign}” a column is missing (character {at}).</source>
        <translation>Avant « {sign} », il manque une colonne (caractère {at}).</translation>
    </message>
    <message>
        <source>BirchTree does not know the SHA-256 of {url}, and never takes a file that it cannot verify. Look it up on the publisher&apos;s page (Hugging Face shows it with the file) and repeat the command with --sha256 HEX; or fetch the file with a browser and run `birchtree models convert FILE`.</source>
        <translation>BirchTree ne connaît pas le SHA-256 de {url}, et ne prend jamais un fichier qu&apos;il ne peut pas vérifier. Cherchez-le sur la page de l&apos;éditeur (Hugging Face le montre avec le fichier) et répétez la commande avec --sha256 HEX ; ou téléchargez le fichier avec un navigateur et lancez `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>BirchTree training set, {split}</source>
        <translation>Jeu d&apos;entraînement BirchTree, {split}</translation>
    </message>
    <message>
        <source>Blocks of {block_m} m, {apart_m} m apart, cannot be: use at least {least} m for a block.</source>
        <translation>Des blocs de {block_m} m, à {apart_m} m les uns des autres, sont impossibles : employez au moins {least} m par bloc.</translation>
    </message>
    <message>
        <source>Bright crowns between valleys of shade, for plots without elevation</source>
        <translation>Houppiers clairs entre des creux d&apos;ombre, pour les placettes sans altitude</translation>
    </message>
    <message>
        <source>Brought up to date; the file as it was is in {name}.</source>
        <translation>Mis à jour ; le fichier tel qu&apos;il était se trouve dans {name}.</translation>
    </message>
    <message>
        <source>But the crowns of both surveys fit better as they are, so none was moved.</source>
        <translation>Mais les houppiers des deux relevés concordent mieux tels quels ; aucun n&apos;a donc été déplacé.</translation>
    </message>
    <message>
        <source>CHM</source>
        <translation>MHC</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tableau CSV</translation>
    </message>
    <message>
        <source>Carry over {count} crowns from {name}</source>
        <translation>Reporter {count} houppiers de {name}</translation>
    </message>
    <message>
        <source>Change field {title}</source>
        <translation>Changer le champ {title}</translation>
    </message>
    <message>
        <source>Check control crown</source>
        <translation>Vérifier un houppier témoin</translation>
    </message>
    <message>
        <source>Columns that mean nothing here were passed over: {join}.</source>
        <translation>Les colonnes qui n&apos;ont pas de sens ici ont été ignorées : {join}.</translation>
    </message>
    <message>
        <source>Control plots need a number of at least 1 and a size of more than 0 m.</source>
        <translation>Les placettes témoins demandent un nombre d&apos;au moins 1 et une taille de plus de 0 m.</translation>
    </message>
    <message>
        <source>Converting a checkpoint</source>
        <translation>La conversion d&apos;un checkpoint</translation>
    </message>
    <message>
        <source>Coordinates cannot be carried from {source} to {target}. Export the rasters again in one projected CRS.</source>
        <translation>Les coordonnées ne peuvent pas être converties de {source} en {target}. Exportez de nouveau les rasters dans un même SCR projeté.</translation>
    </message>
    <message>
        <source>Coordinates carried from {crs_name} to {crs_name_2}.</source>
        <translation>Coordonnées converties de {crs_name} en {crs_name_2}.</translation>
    </message>
    <message>
        <source>Creative Commons Attribution 4.0</source>
        <translation>Creative Commons Attribution 4.0</translation>
    </message>
    <message>
        <source>Creative Commons Zero 1.0</source>
        <translation>Creative Commons Zero 1.0</translation>
    </message>
    <message>
        <source>Cross-validated by place, F1 of boxes at IoU {iou}: {figures} and {last} (docs/models/accuracy.md)</source>
        <translation>Validation croisée par lieu, F1 des rectangles à IoU {iou} : {figures} et {last} (docs/models/accuracy.md)</translation>
    </message>
    <message>
        <source>Cross-validated by place: of {crowns} crowns {told} % get a name and {right} % of the names are right; leaf type right for {leaf} %, species macro F1 {score}. Heights of {trees} trees against the field: RMSE {rmse} m, bias {bias} m (the canopy height model&apos;s {canopy_rmse} m and {canopy_bias} m).</source>
        <translation>Validation croisée par lieu : sur {crowns} houppiers, {told} % reçoivent un nom et {right} % de ces noms sont justes ; type de feuille juste pour {leaf} %, macro F1 des essences {score}. Hauteurs de {trees} arbres comparées au terrain : RMSE {rmse} m, biais {bias} m (modèle de hauteur de canopée : {canopy_rmse} m et {canopy_bias} m).</translation>
    </message>
    <message>
        <source>Crowns cannot be outlined in {name}: each of its pixels covers {gsd} m on the ground. Use an orthomosaic with pixels of {limit} m or less; 0.1 m or finer is best.</source>
        <translation>Les houppiers de {name} ne peuvent pas être délimités : chaque pixel couvre {gsd} m au sol. Utilisez une orthomosaïque aux pixels de {limit} m ou moins ; 0,1 m ou plus fin convient le mieux.</translation>
    </message>
    <message>
        <source>Crowns in orthomosaics, with or without elevation</source>
        <translation>Houppiers dans les orthomosaïques, avec ou sans altitude</translation>
    </message>
    <message>
        <source>Crowns, trained here ({name})</source>
        <translation>Houppiers, entraîné ici ({name})</translation>
    </message>
    <message>
        <source>Cut a hole into crown {tree_id}</source>
        <translation>Percer un trou dans le houppier {tree_id}</translation>
    </message>
    <message>
        <source>Cut crown {tree_id} into {count}</source>
        <translation>Couper le houppier {tree_id} en {count}</translation>
    </message>
    <message>
        <source>Cut {count} crowns into {count_2}</source>
        <translation>Couper {count} houppiers en {count_2}</translation>
    </message>
    <message>
        <source>DBH: {source}; biomass: {source_2}</source>
        <translation>DHP : {source} ; biomasse : {source_2}</translation>
    </message>
    <message>
        <source>DINOv3 License</source>
        <translation>DINOv3 License</translation>
    </message>
    <message>
        <source>DINOv3 License (Meta, 19 August 2025)</source>
        <translation>DINOv3 License (Meta, 19 août 2025)</translation>
    </message>
    <message>
        <source>DINOvTree-B, Barro Colorado Island: height and species of crowns</source>
        <translation>DINOvTree-B, île de Barro Colorado : hauteur et essence des houppiers</translation>
    </message>
    <message>
        <source>DINOvTree-B, Quebec Plantations: height and species of crowns</source>
        <translation>DINOvTree-B, plantations du Québec : hauteur et essence des houppiers</translation>
    </message>
    <message>
        <source>DINOvTree-B, Quebec Trees: height and species of crowns</source>
        <translation>DINOvTree-B, arbres du Québec : hauteur et essence des houppiers</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MNS</translation>
    </message>
    <message>
        <source>DTM</source>
        <translation>MNT</translation>
    </message>
    <message>
        <source>Damaged: {names}. Get these models again, with `birchtree models add` or `download` and --replace; until then they are not run.</source>
        <translation>Endommagés : {names}. Reprenez ces modèles avec `birchtree models add` ou `download` et --replace ; d&apos;ici là ils ne sont pas employés.</translation>
    </message>
    <message>
        <source>Delete crown</source>
        <translation>Supprimer le houppier</translation>
    </message>
    <message>
        <source>Delete field {name}</source>
        <translation>Supprimer le champ {name}</translation>
    </message>
    <message>
        <source>Delete {count}</source>
        <translation>Supprimer {count}</translation>
    </message>
    <message>
        <source>Delete {count} crowns</source>
        <translation>Supprimer {count} houppiers</translation>
    </message>
    <message>
        <source>Draw crown</source>
        <translation>Dessiner un houppier</translation>
    </message>
    <message>
        <source>Draw {NAMES}</source>
        <translation>Dessiner : {NAMES}</translation>
    </message>
    <message>
        <source>ESRI Shapefile</source>
        <translation>ESRI Shapefile</translation>
    </message>
    <message>
        <source>ESRI shapefile</source>
        <translation>shapefile ESRI</translation>
    </message>
    <message>
        <source>Eastern Canada</source>
        <translation>Est du Canada</translation>
    </message>
    <message>
        <source>Eastern North America</source>
        <translation>Est de l&apos;Amérique du Nord</translation>
    </message>
    <message>
        <source>Erase from crown {tree_id}</source>
        <translation>Effacer du houppier {tree_id}</translation>
    </message>
    <message>
        <source>F1 before {f1}, after {f1_2}. {sentence}</source>
        <translation>F1 avant {f1}, après {f1_2}. {sentence}</translation>
    </message>
    <message>
        <source>F1 {f1} (precision {precision}, recall {recall}) of boxes at IoU 0.4 on {crowns} crowns of the {split} split, which training did not see.</source>
        <translation>F1 {f1} (précision {precision}, rappel {recall}) des rectangles à IoU 0,4 sur {crowns} houppiers de la part {split}, que l&apos;entraînement n&apos;a pas vue.</translation>
    </message>
    <message>
        <source>Fill a hole of crown {tree_id}</source>
        <translation>Combler un trou du houppier {tree_id}</translation>
    </message>
    <message>
        <source>Fill the holes of crown {number}</source>
        <translation>Combler les trous du houppier {number}</translation>
    </message>
    <message>
        <source>Fill the holes of {count} crowns</source>
        <translation>Combler les trous de {count} houppiers</translation>
    </message>
    <message>
        <source>For crown {tree_id}: {why}</source>
        <translation>Pour le houppier {tree_id} : {why}</translation>
    </message>
    <message>
        <source>Free of charge, commercial use allowed. The weights and what is made from them (a converted model too) may be passed on
only under the same agreement with a copy of it; name it in publications; keep trade controls; no military, nuclear,
espionage or weapons use; no reverse engineering; it ends when it is broken.</source>
        <translation>Gratuit, usage commercial permis. Les poids et ce qui en est tiré (un modèle converti aussi) ne peuvent être transmis
que sous le même contrat et avec une copie de celui-ci ; nommez-le dans vos publications ; respectez les contrôles à l&apos;exportation ; aucun usage militaire, nucléaire,
d&apos;espionnage ou d&apos;armement ; pas de rétro-ingénierie ; il prend fin quand il est enfreint.</translation>
    </message>
    <message>
        <source>GeoPackage and shapefile written and read</source>
        <translation>GeoPackage et shapefile écrits et lus</translation>
    </message>
    <message>
        <source>GeoTIFF written and read</source>
        <translation>GeoTIFF écrit et lu</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Half of the crowns or more are unlike those that {model} was trained on, so it names no species here; teach it with `birchtree species teach`.</source>
        <translation>La moitié des houppiers ou plus ne ressemblent pas à ceux sur lesquels {model} a été entraîné ; il ne nomme donc aucune essence ici. Enseignez-lui avec `birchtree species teach`.</translation>
    </message>
    <message>
        <source>Heights reach {high:.0f} m above ground: the elevation models may be in feet. If so, export them in metres.</source>
        <translation>Les hauteurs atteignent {high:.0f} m au-dessus du sol : les modèles d&apos;altitude sont peut-être en pieds. Si c&apos;est le cas, exportez-les en mètres.</translation>
    </message>
    <message>
        <source>IDTReeS, 11 species, places held out: macro F1 0.23 with 5 marks a species, 0.26 with 20 (docs/models/species.md)</source>
        <translation>IDTReeS, 11 essences, lieux mis à part : F1 macro 0,23 avec 5 marques par essence, 0,26 avec 20 (docs/models/species.md)</translation>
    </message>
    <message>
        <source>Import {count} crowns from {name}</source>
        <translation>Importer {count} houppiers de {name}</translation>
    </message>
    <message>
        <source>In this file {key} stands for “{one}” and for “{other}”. Nothing was changed.</source>
        <translation>Dans ce fichier, {key} vaut pour « {one} » et pour « {other} ». Rien n&apos;a été changé.</translation>
    </message>
    <message>
        <source>IoU of masks</source>
        <translation>IoU des masques</translation>
    </message>
    <message>
        <source>It has two tops with a valley of {depth_m} m between them.</source>
        <translation>Il a deux cimes, séparées par un creux de {depth_m} m.</translation>
    </message>
    <message>
        <source>It is not known where every crown is outlined in {name}, and a crown that is not would be taught as background. Mark complete areas in the plot, give their polygons with --complete FILE, or say --complete all when every crown of the plots is outlined.</source>
        <translation>On ne sait pas où chaque houppier est délimité dans {name}, et un houppier qui ne l&apos;est pas serait enseigné comme fond. Marquez des zones complètes dans la placette, donnez leurs polygones avec --complete FILE, ou dites --complete all quand tous les houppiers des placettes sont délimités.</translation>
    </message>
    <message>
        <source>It is not known where the crowns of {ortho} go. Name a folder with -o, or give the list a column output.</source>
        <translation>On ne sait pas où vont les houppiers de {ortho}. Nommez un dossier avec -o, ou donnez à la liste une colonne output.</translation>
    </message>
    <message>
        <source>It is {wide_m} m wide; {low_m} to {high_m} m is usual here.</source>
        <translation>Il mesure {wide_m} m de large ; d&apos;ordinaire c&apos;est ici de {low_m} à {high_m} m.</translation>
    </message>
    <message>
        <source>It lies on the seam between two tiles of the run.</source>
        <translation>Il se trouve sur le raccord entre deux tuiles du traitement.</translation>
    </message>
    <message>
        <source>It looks unlike the trees that the model knows.</source>
        <translation>Il ne ressemble pas aux arbres que le modèle connaît.</translation>
    </message>
    <message>
        <source>Knows no species until it is taught, and then only those of plots flown alike: light, season and camera change its numbers.</source>
        <translation>Ne connaît aucune essence avant de l&apos;avoir apprise, et ensuite seulement celles de placettes survolées de la même façon : lumière, saison et appareil photo changent ses nombres.</translation>
    </message>
    <message>
        <source>Knows three forests, each from one flight with lidar, in leaf, 10 cm a pixel. It needs an elevation model, and on plots whose crowns look unlike those it says nothing. Of the species in a closed deciduous forest it tells hardly any. Its heights correct the canopy height model&apos;s towards what people measured at MLBS and OSBS; at TEAK nobody measured any. Teach it your species with a few marks.</source>
        <translation>Connaît trois forêts, chacune par un seul vol avec lidar, en feuilles, à 10 cm par pixel. Il lui faut un modèle d&apos;élévation, et il ne dit rien des placettes dont les houppiers ne ressemblent pas à ceux-là. Il ne distingue presque aucune essence d&apos;une forêt feuillue fermée. Ses hauteurs corrigent celles du modèle de hauteur de canopée vers ce que des personnes ont mesuré à MLBS et OSBS ; à TEAK, personne n&apos;en a mesuré. Enseignez-lui vos essences avec quelques marques.</translation>
    </message>
    <message>
        <source>Lay {count}</source>
        <translation>Poser {count}</translation>
    </message>
    <message>
        <source>Lay {count} areas</source>
        <translation>Poser {count} zones</translation>
    </message>
    <message>
        <source>Leaf type, species and height in three North American forests (needs elevation); silent elsewhere</source>
        <translation>Type de feuille, essence et hauteur dans trois forêts d&apos;Amérique du Nord (avec élévation) ; muet ailleurs</translation>
    </message>
    <message>
        <source>MIT License</source>
        <translation>MIT License</translation>
    </message>
    <message>
        <source>Made by an earlier BirchTree: a copy in memory is read, the file itself stays as it is.</source>
        <translation>Fait par un BirchTree antérieur : une copie en mémoire est lue, le fichier lui-même reste tel quel.</translation>
    </message>
    <message>
        <source>Mask R-CNN small enough to learn on a processor</source>
        <translation>Mask R-CNN assez petit pour apprendre sur un processeur</translation>
    </message>
    <message>
        <source>Mask R-CNN with a ResNet-50-FPN, RGB, the authors&apos; schedule (100 epochs)</source>
        <translation>Mask R-CNN avec un ResNet-50-FPN, RVB, selon le calendrier des auteurs (100 époques)</translation>
    </message>
    <message>
        <source>Median growth of crowns: {wider} m2{yearly}.</source>
        <translation>Accroissement médian des houppiers : {wider} m2{yearly}.</translation>
    </message>
    <message>
        <source>Median growth: {growth} m in height{yearly}.</source>
        <translation>Accroissement médian : {growth} m en hauteur{yearly}.</translation>
    </message>
    <message>
        <source>Merge {count} crowns into crown {tree_id}</source>
        <translation>Fusionner {count} houppiers dans le houppier {tree_id}</translation>
    </message>
    <message>
        <source>MobileSAM: outlines what is clicked, on a small computer</source>
        <translation>MobileSAM : délimite ce qui est cliqué, sur un petit ordinateur</translation>
    </message>
    <message>
        <source>Mortality: {mortality}</source>
        <translation>Mortalité : {mortality}</translation>
    </message>
    <message>
        <source>Move crown {number}</source>
        <translation>Déplacer le houppier {number}</translation>
    </message>
    <message>
        <source>Move field {name}</source>
        <translation>Déplacer le champ {name}</translation>
    </message>
    <message>
        <source>Move {count} crowns</source>
        <translation>Déplacer {count} houppiers</translation>
    </message>
    <message>
        <source>Name the plot&apos;s file with -o, for example -o {name}.birch.gpkg.</source>
        <translation>Nommez le fichier de la placette avec -o, par exemple -o {name}.birch.gpkg.</translation>
    </message>
    <message>
        <source>Name the training sets and, with -o, the folder of the training. `train --help` tells more.</source>
        <translation>Nommez les jeux d&apos;entraînement et, avec -o, le dossier de l&apos;entraînement. `train --help` en dit plus.</translation>
    </message>
    <message>
        <source>Neither DSM nor DTM says which unit its heights are in. They are taken as metres, so the canopy reaches {high:.0f} m above ground. If your trees are a third of that, the files are in feet: export them in metres.</source>
        <translation>Ni le MNS ni le MNT ne dit dans quelle unité sont ses hauteurs. Elles sont lues comme des mètres ; la canopée atteint donc {high:.0f} m au-dessus du sol. Si vos arbres en font le tiers, les fichiers sont en pieds : exportez-les en mètres.</translation>
    </message>
    <message>
        <source>No crown has been reviewed yet, so the export is empty.</source>
        <translation>Aucun houppier n&apos;a encore été révisé ; l&apos;exportation est donc vide.</translation>
    </message>
    <message>
        <source>No crown lies in the complete areas of {name}.</source>
        <translation>Aucun houppier ne se trouve dans les zones complètes de {name}.</translation>
    </message>
    <message>
        <source>No crown lies inside the complete areas, so there is nothing to learn. Check the areas and their CRS.</source>
        <translation>Aucun houppier ne se trouve dans les zones complètes ; il n&apos;y a donc rien à apprendre. Vérifiez les zones et leur SCR.</translation>
    </message>
    <message>
        <source>No crown of {plot} has been read by {model_id} yet, so there is nothing to teach on. Run `birchtree measure {plot} --model {model_id}` first.</source>
        <translation>Aucun houppier de {plot} n&apos;a encore été lu par {model_id} ; il n&apos;y a donc rien sur quoi enseigner. Lancez d&apos;abord `birchtree measure {plot} --model {model_id}`.</translation>
    </message>
    <message>
        <source>No orthomosaic for the crowns of {name} was found in {folder}. Name their folder with --rasters, or use the plot&apos;s project instead.</source>
        <translation>Aucune orthomosaïque n&apos;a été trouvée dans {folder} pour les houppiers de {name}. Nommez leur dossier avec --rasters, ou prenez plutôt le projet de la placette.</translation>
    </message>
    <message>
        <source>No part can be kept apart to compare the models on: {count} crowns on {places} are too few or too close together. Complete more ground, or add another plot.</source>
        <translation>Aucune partie ne peut être mise à part pour comparer les modèles : {count} houppiers sur {places} sont trop peu ou trop rapprochés. Complétez plus de terrain, ou ajoutez une placette.</translation>
    </message>
    <message>
        <source>No row of {name} is one of the {count} crowns of this plot, so all of them would be deleted. Is it an export of another plot, or of an earlier run? Import it without --corrected to add its crowns.</source>
        <translation>Aucune ligne de {name} n&apos;est un des {count} houppiers de cette placette, tous seraient donc supprimés. Est-ce une exportation d&apos;une autre placette, ou d&apos;un traitement antérieur ? Importez-le sans --corrected pour ajouter ses houppiers.</translation>
    </message>
    <message>
        <source>No scheduler answers at {address} ({reason}). Start one there with `dask scheduler`, which prints its address (such as tcp://10.0.0.5:8786), and check that no firewall stands between.</source>
        <translation>Aucun ordonnanceur ne répond à {address} ({reason}). Démarrez-en un là-bas avec `dask scheduler`, qui affiche son adresse (comme tcp://10.0.0.5:8786), et vérifiez qu&apos;aucun pare-feu ne s&apos;interpose.</translation>
    </message>
    <message>
        <source>Note on</source>
        <translation>Noter sur</translation>
    </message>
    <message>
        <source>Nothing called {name} was taught on {plot}; there is: {known}. Run `birchtree species teach {plot}`.</source>
        <translation>Rien de ce nom ({name}) n&apos;a été enseigné sur {plot} ; il y a : {known}. Lancez `birchtree species teach {plot}`.</translation>
    </message>
    <message>
        <source>Nothing of the crown would be left. Delete it instead.</source>
        <translation>Il ne resterait rien du houppier. Supprimez-le plutôt.</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>Rien ne changerait.</translation>
    </message>
    <message>
        <source>ONNX providers</source>
        <translation>Moteurs ONNX</translation>
    </message>
    <message>
        <source>Other crowns cover {cover_share} of it.</source>
        <translation>D&apos;autres houppiers en couvrent {cover_share}.</translation>
    </message>
    <message>
        <source>Other forests, seasons, cameras and cell sizes than those of its training set.</source>
        <translation>Autres forêts, saisons, caméras et tailles de cellule que celles de son jeu d&apos;entraînement.</translation>
    </message>
    <message>
        <source>Paint crown</source>
        <translation>Peindre un houppier</translation>
    </message>
    <message>
        <source>Paint onto crown {tree_id}</source>
        <translation>Peindre sur le houppier {tree_id}</translation>
    </message>
    <message>
        <source>Paste crown</source>
        <translation>Coller un houppier</translation>
    </message>
    <message>
        <source>Paste {count} crowns</source>
        <translation>Coller {count} houppiers</translation>
    </message>
    <message>
        <source>Plain numbers of each crown (colour, texture, height, size), to teach species on; needs no model</source>
        <translation>De simples nombres pour chaque houppier (couleur, texture, hauteur, taille), pour enseigner des essences ; se passe de modèle</translation>
    </message>
    <message>
        <source>Plots without leaves or under snow, tropical forest and cities were not in its training. Boxes were what its real plots showed: outlines come from synthetic crowns and from what looks alike.</source>
        <translation>Les placettes sans feuilles ou sous la neige, la forêt tropicale et les villes manquaient à son entraînement. Ses placettes réelles ne montraient que des rectangles : les contours viennent de houppiers synthétiques et de ce qui y ressemble.</translation>
    </message>
    <message>
        <source>Reject crown</source>
        <translation>Rejeter le houppier</translation>
    </message>
    <message>
        <source>Reject {what} below {threshold}</source>
        <translation>Rejeter {what} sous {threshold}</translation>
    </message>
    <message>
        <source>Reshape crown {tree_id}</source>
        <translation>Retracer le houppier {tree_id}</translation>
    </message>
    <message>
        <source>Restore field {name}</source>
        <translation>Rétablir le champ {name}</translation>
    </message>
    <message>
        <source>Row {number} of {file} has nothing in the column {needed}. The first row names the columns: {known}; {needed} is needed.</source>
        <translation>La ligne {number} de {file} n&apos;a rien dans la colonne {needed}. La première ligne nomme les colonnes : {known} ; {needed} est nécessaire.</translation>
    </message>
    <message>
        <source>Run the same command again with --resume: finished work is kept.</source>
        <translation>Relancez la même commande avec --resume : le travail terminé est conservé.</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-B: outlines what is clicked</source>
        <translation>Segment Anything, ViT-B : délimite ce qui est cliqué</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-H: the largest, six times slower</source>
        <translation>Segment Anything, ViT-H : le plus grand, six fois plus lent</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-L: more exact, three times slower</source>
        <translation>Segment Anything, ViT-L : plus exact, trois fois plus lent</translation>
    </message>
    <message>
        <source>Segment plot with {model_id}: {count}</source>
        <translation>Segmenter la placette avec {model_id} : {count}</translation>
    </message>
    <message>
        <source>Select at least two crowns to merge.</source>
        <translation>Sélectionnez au moins deux houppiers à fusionner.</translation>
    </message>
    <message>
        <source>Set species</source>
        <translation>Nommer l&apos;essence</translation>
    </message>
    <message>
        <source>Set species of {count} crowns</source>
        <translation>Nommer l&apos;essence de {count} houppiers</translation>
    </message>
    <message>
        <source>Set {name}</source>
        <translation>Régler {name}</translation>
    </message>
    <message>
        <source>Set {name} of {count} crowns</source>
        <translation>Régler {name} de {count} houppiers</translation>
    </message>
    <message>
        <source>Set {what}</source>
        <translation>Régler {what}</translation>
    </message>
    <message>
        <source>Set {what} of {count} crowns</source>
        <translation>Régler {what} de {count} houppiers</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Rétrécir</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>Simplifier</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Lisser</translation>
    </message>
    <message>
        <source>Snap crown {number} to the valley</source>
        <translation>Ajuster le houppier {number} au creux</translation>
    </message>
    <message>
        <source>Snap {count} crowns to the valley</source>
        <translation>Ajuster {count} houppiers au creux</translation>
    </message>
    <message>
        <source>Something is missing at the end</source>
        <translation>Il manque quelque chose à la fin</translation>
    </message>
    <message>
        <source>Species are told apart, so crowns of at least two must be marked; so far: {count}. Confirm the species of some crowns of each: five of each are a good start.</source>
        <translation>On distingue des essences ; il faut donc marquer des houppiers d&apos;au moins deux ; jusqu&apos;ici : {count}. Confirmez l&apos;essence de quelques houppiers de chacune : cinq de chacune sont un bon début.</translation>
    </message>
    <message>
        <source>Species by what was taught on</source>
        <translation>Essences selon ce qui a été enseigné sur</translation>
    </message>
    <message>
        <source>Species by {teller}: {count}</source>
        <translation>Essences selon {teller} : {count}</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept; run again with --resume to go on.</source>
        <translation>Arrêté. Tout ce qui est terminé est conservé ; relancez avec --resume pour continuer.</translation>
    </message>
    <message>
        <source>Subtract crown {tree_id} from crown {tree_id_2}</source>
        <translation>Retrancher le houppier {tree_id} du houppier {tree_id_2}</translation>
    </message>
    <message>
        <source>TOML (*.toml)</source>
        <translation>TOML (*.toml)</translation>
    </message>
    <message>
        <source>Take in corrections from {name}</source>
        <translation>Reprendre les corrections de {name}</translation>
    </message>
    <message>
        <source>Taught with {marks} marks: {marked}. Trees of other species are called one of these.</source>
        <translation>Enseigné avec {marks} marques : {marked}. Les arbres d&apos;autres essences reçoivent le nom de l&apos;une d&apos;elles.</translation>
    </message>
    <message>
        <source>The CRS of the {role} ({other}) and of the orthomosaic ({crs}) cannot be converted into each other; their coordinates are taken as they are.</source>
        <translation>Le SCR du {role} ({other}) et celui de l&apos;orthomosaïque ({crs}) ne peuvent pas être convertis l&apos;un dans l&apos;autre ; leurs coordonnées sont prises telles quelles.</translation>
    </message>
    <message>
        <source>The CRS of {name} ({crs}) is not tied to the Earth: other layers only fit if they use the same coordinates.</source>
        <translation>Le SCR de {name} ({crs}) n&apos;est pas rattaché à la Terre : d&apos;autres couches ne concordent que si elles ont les mêmes coordonnées.</translation>
    </message>
    <message>
        <source>The CRS that a file names cannot be understood ({text}). Export the file again, or set its CRS in a GIS.</source>
        <translation>Le SCR que nomme un fichier est incompréhensible ({text}). Exportez le fichier de nouveau, ou indiquez son SCR dans un SIG.</translation>
    </message>
    <message>
        <source>The DSM lies {offset:.0f} m {side} the DTM even in the lowest tenth of the plot: they use different height systems or units. Heights will be wrong until both are exported alike.</source>
        <translation>Le MNS se trouve à {offset:.0f} m {side} du MNT, même dans le dixième le plus bas de la placette : ils n&apos;ont pas le même système d&apos;altitude ou les mêmes unités. Les hauteurs seront fausses tant que les deux ne seront pas exportés de la même façon.</translation>
    </message>
    <message>
        <source>The DSM seems to lie {distance_m:.1f} m {direction} of the trees in the orthomosaic ({east_m:+.1f} m east, {north_m:+.1f} m north). Heights and crowns will not match; export both from one project, or move the DSM.</source>
        <translation>Le MNS semble se trouver à {distance_m:.1f} m {direction} des arbres de l&apos;orthomosaïque ({east_m:+.1f} m est, {north_m:+.1f} m nord). Hauteurs et houppiers ne concorderont pas ; exportez les deux du même projet, ou déplacez le MNS.</translation>
    </message>
    <message>
        <source>The DTM lies more than {limit:.0f} m above the DSM on {percent:.0f} % of the plot, where no ground can be: the two are off in height or place. Heights will be too small; export both from one project.</source>
        <translation>Le MNT se trouve à plus de {limit:.0f} m au-dessus du MNS sur {percent:.0f} % de la placette, où il ne peut y avoir de sol : les deux diffèrent en hauteur ou en position. Les hauteurs seront trop petites ; exportez les deux du même projet.</translation>
    </message>
    <message>
        <source>The DTM {name} is of no use without a DSM: heights are the difference of the two. Add the DSM.</source>
        <translation>Le MNT {name} ne sert à rien sans MNS : les hauteurs sont la différence des deux. Ajoutez le MNS.</translation>
    </message>
    <message>
        <source>The archive {name} cannot be used: {why}. Nothing of it was installed. Get it again.</source>
        <translation>L&apos;archive {name} est inutilisable : {why}. Rien n&apos;en a été installé. Procurez-la-vous de nouveau.</translation>
    </message>
    <message>
        <source>The area of interest lies outside the orthomosaic. Choose the area of this plot, or check its CRS.</source>
        <translation>La zone d&apos;intérêt se trouve hors de l&apos;orthomosaïque. Choisissez la zone de cette placette, ou vérifiez son SCR.</translation>
    </message>
    <message>
        <source>The area of interest {name} cannot be brought into the CRS of the orthomosaic. Export it in that CRS.</source>
        <translation>La zone d&apos;intérêt {name} ne peut pas être amenée dans le SCR de l&apos;orthomosaïque. Exportez-la dans ce SCR.</translation>
    </message>
    <message>
        <source>The area of interest {name} cannot be read ({reason}). Choose a polygon layer (shapefile, GeoPackage or GeoJSON).</source>
        <translation>La zone d&apos;intérêt {name} est illisible ({reason}). Choisissez une couche de polygones (shapefile, GeoPackage ou GeoJSON).</translation>
    </message>
    <message>
        <source>The area of interest {name} holds no polygon. Choose a polygon layer.</source>
        <translation>La zone d&apos;intérêt {name} ne contient aucun polygone. Choisissez une couche de polygones.</translation>
    </message>
    <message>
        <source>The card of the model {id} says click_levels = {said}; two whole numbers such as [-1, 1] belong there.</source>
        <translation>La fiche du modèle {id} dit click_levels = {said} ; il y faut deux nombres entiers tels que [-1, 1].</translation>
    </message>
    <message>
        <source>The card of {model_id} speaks of {size} GB, more than any model has. Get the model again.</source>
        <translation>La fiche de {model_id} parle de {size} Go, plus que n&apos;en a aucun modèle. Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The catalogue knows another SHA-256 for {model_id}, {known}. Leave out --sha256 to fetch that file.</source>
        <translation>Le catalogue connaît un autre SHA-256 pour {model_id}, {known}. Omettez --sha256 pour télécharger ce fichier-là.</translation>
    </message>
    <message>
        <source>The connection to the scheduler at {address} is lost. Start it again with `dask scheduler`, and its workers. {resume}</source>
        <translation>La connexion à l&apos;ordonnanceur {address} est perdue. Redémarrez-le avec `dask scheduler`, ainsi que ses ouvriers. {resume}</translation>
    </message>
    <message>
        <source>The converter</source>
        <translation>Le convertisseur</translation>
    </message>
    <message>
        <source>The coordinates of {name} cannot be carried from {source} to {target}. Save it in the CRS of the orthomosaic.</source>
        <translation>Les coordonnées de {name} ne peuvent pas être converties de {source} en {target}. Enregistrez-le dans le SCR de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>The coordinates of {name} run from {left:.0f} to {right:.0f} and {bottom:.0f} to {top:.0f}: they count pixels of an image, not places on the map. Export the crowns with map coordinates.</source>
        <translation>Les coordonnées de {name} vont de {left:.0f} à {right:.0f} et de {bottom:.0f} à {top:.0f} : elles comptent les pixels d&apos;une image, non des lieux sur la carte. Exportez les houppiers en coordonnées cartographiques.</translation>
    </message>
    <message>
        <source>The crown would fall into {count} parts. Cut it (X) if these are several trees.</source>
        <translation>Le houppier tomberait en {count} morceaux. Coupez-le (X) s&apos;il s&apos;agit de plusieurs arbres.</translation>
    </message>
    <message>
        <source>The crown&apos;s mask is empty, so the crown has no radius.</source>
        <translation>Le masque du houppier est vide ; le houppier n&apos;a donc pas de rayon.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} was not changed. Make room and try again.</source>
        <translation>Le disque est plein ; {name} n&apos;a donc pas été changé. Faites de la place et réessayez.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} was not written in {folder}; an older file of that name is as it was. Make room and try again.</source>
        <translation>Le disque est plein ; {name} n&apos;a donc pas été écrit dans {folder} ; un ancien fichier de ce nom est resté tel quel. Faites de la place et réessayez.</translation>
    </message>
    <message>
        <source>The disk that holds {name} failed ({why}). Check the disk, then open the project again.</source>
        <translation>Le disque qui contient {name} a fait défaut ({why}). Vérifiez le disque, puis rouvrez le projet.</translation>
    </message>
    <message>
        <source>The disk with {folder} has no room for the model {model_id}. Make room and try again; what is installed is untouched.</source>
        <translation>Le disque de {folder} n&apos;a pas de place pour le modèle {model_id}. Faites de la place et réessayez ; ce qui est installé est intact.</translation>
    </message>
    <message>
        <source>The disk with {folder} has no room for {name}. Make room and run the command again: it goes on where it stopped.</source>
        <translation>Le disque de {folder} n&apos;a pas de place pour {name}. Faites de la place et relancez la commande : elle reprend où elle s&apos;est arrêtée.</translation>
    </message>
    <message>
        <source>The encoder of the model {id} asks for {names}, which BirchTree does not know. Update BirchTree, or convert the model again.</source>
        <translation>L&apos;encodeur du modèle {id} demande {names}, que BirchTree ne connaît pas. Mettez BirchTree à jour, ou convertissez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The environment variable {variable} asks for {wanted}, which the installed ONNX Runtime does not offer. It offers {offered}. Unset the variable, or set it to cpu.</source>
        <translation>La variable d&apos;environnement {variable} demande {wanted}, que l&apos;ONNX Runtime installé n&apos;offre pas. Il offre {offered}. Effacez la variable, ou donnez-lui la valeur cpu.</translation>
    </message>
    <message>
        <source>The file at {host} has {found} bytes instead of {expected}: it is another one than was asked for, and was not fetched. Look for a newer BirchTree.</source>
        <translation>Le fichier sur {host} a {found} octets au lieu de {expected} : ce n&apos;est pas celui qui était demandé, et il n&apos;a pas été téléchargé. Cherchez une version plus récente de BirchTree.</translation>
    </message>
    <message>
        <source>The file cannot be written to {folder} ({reason}). Check that you may write there.</source>
        <translation>Le fichier ne peut pas être écrit dans {folder} ({reason}). Vérifiez que vous pouvez y écrire.</translation>
    </message>
    <message>
        <source>The file is no longer at {url} (HTTP {status}). Look for a newer BirchTree, or fetch the file elsewhere and run `birchtree models convert FILE`.</source>
        <translation>Le fichier n&apos;est plus à {url} (HTTP {status}). Cherchez une version plus récente de BirchTree, ou procurez-vous le fichier ailleurs et lancez `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>The file {file} of the model {model_id} is damaged or holds something else than numbers. Nothing of it was run. Get the model again, or ask whoever made it.</source>
        <translation>Le fichier {file} du modèle {model_id} est endommagé ou contient autre chose que des nombres. Rien n&apos;en a été exécuté. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The file {file} of the model {model_id} wants to read another file, {location}, which its card does not list. It was not run. Ask whoever made it for a model in one piece.</source>
        <translation>Le fichier {file} du modèle {model_id} veut lire un autre fichier, {location}, que sa fiche ne nomme pas. Il n&apos;a pas été exécuté. Demandez à son auteur un modèle d&apos;un seul tenant.</translation>
    </message>
    <message>
        <source>The file {file} says another {what} of itself than the card of {model_id}: files of two models are mixed up, so nothing was run. Get the model again.</source>
        <translation>Le fichier {file} dit de lui-même autre chose ({what}) que la fiche de {model_id} : les fichiers de deux modèles sont mélangés ; rien n&apos;a donc été exécuté. Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} cannot be read ({reason}). Get the model again.</source>
        <translation>Le fichier {name} du modèle {model_id} est illisible ({reason}). Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} has {what} {expected} bytes: it is cut off or another file. Get the model again.</source>
        <translation>Le fichier {name} du modèle {model_id} a {what} {expected} octets : il est tronqué ou c&apos;en est un autre. Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} is not the one that its card describes (its SHA-256 differs), so it is not run. Get the model again.</source>
        <translation>Le fichier {name} du modèle {model_id} n&apos;est pas celui que décrit sa fiche (son SHA-256 diffère) ; il n&apos;est donc pas exécuté. Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The file {path} does not exist. Choose the file again.</source>
        <translation>Le fichier {path} n&apos;existe pas. Choisissez-le de nouveau.</translation>
    </message>
    <message>
        <source>The folder {folder} for the plots cannot be made ({reason}). Choose another one with -o.</source>
        <translation>Le dossier {folder} pour les placettes ne peut pas être créé ({reason}). Choisissez-en un autre avec -o.</translation>
    </message>
    <message>
        <source>The folder {folder} holds a model that calls itself {model_id}. Rename the folder to {model_id}, or add the model again.</source>
        <translation>Le dossier {folder} contient un modèle qui se nomme {model_id}. Renommez le dossier en {model_id}, ou ajoutez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The heights are not known there, so they cannot help with this crown.</source>
        <translation>Les hauteurs n&apos;y sont pas connues ; elles ne peuvent donc pas aider pour ce houppier.</translation>
    </message>
    <message>
        <source>The heights show one peak in this crown. Cut it by hand (X) if you see two trees.</source>
        <translation>Les hauteurs montrent une seule cime dans ce houppier. Coupez-le à la main (X) si vous voyez deux arbres.</translation>
    </message>
    <message>
        <source>The interrupted run cannot go on: the orthomosaic, DSM, DTM or area of interest has changed since it began ({started}). Run again without --resume.</source>
        <translation>Le traitement interrompu ne peut pas continuer : l&apos;orthomosaïque, le MNS, le MNT ou la zone d&apos;intérêt ont changé depuis son début ({started}). Relancez sans --resume.</translation>
    </message>
    <message>
        <source>The interrupted run cut the plot into tiles in another way (it was made by version {before}, this is {now}). Run again without --resume.</source>
        <translation>Le traitement interrompu a découpé la placette en tuiles d&apos;une autre façon (il vient de la version {before}, celle-ci est {now}). Relancez sans --resume.</translation>
    </message>
    <message>
        <source>The interrupted run was made with other parameters ({changed}). Give the same ones to resume it, or run again without --resume.</source>
        <translation>Le traitement interrompu avait d&apos;autres paramètres ({changed}). Donnez les mêmes pour le reprendre, ou relancez sans --resume.</translation>
    </message>
    <message>
        <source>The interrupted run was made with the model {before}, not {now}. Resume it with --model {before}, or run again without --resume.</source>
        <translation>Le traitement interrompu employait le modèle {before}, non {now}. Reprenez-le avec --model {before}, ou relancez sans --resume.</translation>
    </message>
    <message>
        <source>The later survey lies {distance_m} cm off ({where})</source>
        <translation>Le relevé récent est décalé de {distance_m} cm ({where})</translation>
    </message>
    <message>
        <source>The layers are written as GeoPackage, but {name} does not end in .gpkg. Write for example --layers {better}.</source>
        <translation>Les couches s&apos;écrivent en GeoPackage, mais {name} ne se termine pas par .gpkg. Écrivez par exemple --layers {better}.</translation>
    </message>
    <message>
        <source>The line does not cut the crown in two. Start and end it outside the crown.</source>
        <translation>La ligne ne coupe pas le houppier en deux. Commencez-la et finissez-la hors du houppier.</translation>
    </message>
    <message>
        <source>The line encloses nothing. Draw around the crown and back to the start.</source>
        <translation>La ligne n&apos;entoure rien. Faites le tour du houppier et revenez au départ.</translation>
    </message>
    <message>
        <source>The line is too short. Draw it across the border of the crown.</source>
        <translation>La ligne est trop courte. Tracez-la à travers le bord du houppier.</translation>
    </message>
    <message>
        <source>The list after “in” is empty (character {at}).</source>
        <translation>La liste après « in » est vide (caractère {at}).</translation>
    </message>
    <message>
        <source>The list of models {file} cannot be used: {reason}. Its form is that of resources/models.toml.</source>
        <translation>La liste des modèles {file} est inutilisable : {reason}. Sa forme est celle de resources/models.toml.</translation>
    </message>
    <message>
        <source>The list {file} cannot be read ({reason}). Save it as CSV in UTF-8.</source>
        <translation>La liste {file} est illisible ({reason}). Enregistrez-la en CSV UTF-8.</translation>
    </message>
    <message>
        <source>The list {file} names no plot.</source>
        <translation>La liste {file} ne nomme aucune placette.</translation>
    </message>
    <message>
        <source>The marked crowns cannot be read: their embeddings are missing or damaged. Measure the plot again.</source>
        <translation>Les houppiers marqués sont illisibles : leurs descripteurs manquent ou sont endommagés. Mesurez la placette de nouveau.</translation>
    </message>
    <message>
        <source>The marks lie further apart than the model can see at once. Zoom out, or mark one crown at a time.</source>
        <translation>Les marques sont plus éloignées que ce que le modèle peut voir d&apos;un coup. Zoomez en arrière, ou marquez un houppier à la fois.</translation>
    </message>
    <message>
        <source>The method {method} needs a Segment Anything model, and none is installed. Get one with `birchtree models download sam-vit-b`, or convert a checkpoint with `birchtree models convert`.</source>
        <translation>La méthode {method} demande un modèle Segment Anything, et aucun n&apos;est installé. Procurez-vous-en un avec `birchtree models download sam-vit-b`, ou convertissez un checkpoint avec `birchtree models convert`.</translation>
    </message>
    <message>
        <source>The model card in {where} cannot be used: {why}. Nothing of the model was run. Get the model again, or ask whoever made it.</source>
        <translation>La fiche du modèle dans {where} est inutilisable : {why}. Rien du modèle n&apos;a été exécuté. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model card in {where} is far too long for one.</source>
        <translation>La fiche du modèle dans {where} est bien trop longue pour en être une.</translation>
    </message>
    <message>
        <source>The model card in {where} names a file {file}, which cannot be a part of a model. Nothing of it was run. Get the model again, or ask whoever made it.</source>
        <translation>La fiche du modèle dans {where} nomme un fichier {file}, qui ne peut pas faire partie d&apos;un modèle. Rien n&apos;en a été exécuté. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model card in {where} was written for a newer BirchTree. Update BirchTree, or ask for the model in an older form.</source>
        <translation>La fiche du modèle dans {where} a été écrite pour une version plus récente de BirchTree. Mettez BirchTree à jour, ou demandez le modèle sous une forme plus ancienne.</translation>
    </message>
    <message>
        <source>The model card of {model} cannot be used: abstain_below_by_rank is not a list of ranks and numbers.</source>
        <translation>La fiche du modèle {model} est inutilisable : abstain_below_by_rank n&apos;est pas une liste de rangs et de nombres.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: it does not say the size of a cell (gsd_m) or tile (core_m). Convert the model again.</source>
        <translation>La fiche du modèle {where} est inutilisable : elle ne dit pas la taille d&apos;une cellule (gsd_m) ou d&apos;une tuile (core_m). Convertissez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: the setting {name} {why}. Nothing of the model was run. Get the model again, or ask whoever made it.</source>
        <translation>La fiche du modèle {where} est inutilisable : le réglage {name} {why}. Rien du modèle n&apos;a été exécuté. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: {why}. Get the model again, or ask whoever made it.</source>
        <translation>La fiche du modèle {where} est inutilisable : {why}. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model file {name} does not work here: ONNX Runtime says: {reason}. Check it with `birchtree models verify`, or get it again.</source>
        <translation>Le fichier de modèle {name} ne fonctionne pas ici : ONNX Runtime dit : {reason}. Vérifiez-le avec `birchtree models verify`, ou procurez-vous-le de nouveau.</translation>
    </message>
    <message>
        <source>The model is only {score_share} sure of this outline.</source>
        <translation>Le modèle n&apos;est sûr de ce contour qu&apos;à {score_share}.</translation>
    </message>
    <message>
        <source>The model tells {columns} classes but its card names {classes}. Get the model again, or ask whoever made it.</source>
        <translation>Le modèle donne {columns} classes, mais sa fiche nomme {classes}. Procurez-vous le modèle de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model {id}</source>
        <translation>Le modèle {id}</translation>
    </message>
    <message>
        <source>The model {id} cannot be used for clicking: {why}. Convert it again with `birchtree models convert`, or choose another model.</source>
        <translation>Le modèle {id} ne peut pas servir aux clics : {why}. Convertissez-le de nouveau avec `birchtree models convert`, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The model {id} does not say how large its input is (tile_px in its card). It cannot be used for clicking; get it again, or ask whoever made it.</source>
        <translation>Le modèle {id} ne dit pas la taille de son entrée (tile_px dans sa fiche). Il ne peut pas servir aux clics ; procurez-vous-le de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model {id} needs elevation, and there is none here. Add a surface model (DSM) to the plot, or choose a model that works without.</source>
        <translation>Le modèle {id} demande l&apos;altitude, et il n&apos;y en a pas ici. Ajoutez un modèle de surface (MNS) à la placette, ou choisissez un modèle qui s&apos;en passe.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be installed in {folder} ({reason}). Close BirchTree&apos;s other windows, and check that you may write there.</source>
        <translation>Le modèle {model_id} ne peut pas être installé dans {folder} ({reason}). Fermez les autres fenêtres de BirchTree, et vérifiez que vous pouvez y écrire.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be removed from {folder} ({reason}). Close BirchTree&apos;s windows and retry.</source>
        <translation>Le modèle {model_id} ne peut pas être supprimé de {folder} ({reason}). Fermez les fenêtres de BirchTree et réessayez.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be used: its base gives no embedding to tell species from.</source>
        <translation>Le modèle {model_id} est inutilisable : sa base ne donne pas de descripteur pour reconnaître les essences.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be used: {why}. Convert it again, or ask whoever made it.</source>
        <translation>Le modèle {model_id} est inutilisable : {why}. Convertissez-le de nouveau, ou demandez à son auteur.</translation>
    </message>
    <message>
        <source>The model {model_id} does not measure crowns; it is one for {task}. Models that do: {known}.</source>
        <translation>Le modèle {model_id} ne mesure pas les houppiers ; il est fait pour ceci : {task}. Ceux qui le font : {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} does not outline plots: its task is {task}. These can: {known}.</source>
        <translation>Le modèle {model_id} ne délimite pas les placettes : sa tâche est {task}. Ceux qui le peuvent : {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} does not tell where it looks. Convert it again with this version of BirchTree.</source>
        <translation>Le modèle {model_id} ne dit pas où il regarde. Convertissez-le de nouveau avec cette version de BirchTree.</translation>
    </message>
    <message>
        <source>The model {model_id} has no parameter {name}. It has {known}.</source>
        <translation>Le modèle {model_id} n&apos;a pas de paramètre {name}. Il a {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} has no part {role}; it has {known}. Choose another model for this.</source>
        <translation>Le modèle {model_id} n&apos;a pas de partie {role} ; il a {known}. Choisissez-en un autre pour cela.</translation>
    </message>
    <message>
        <source>The model {model_id} is of the family {family}, which this BirchTree cannot run (it knows {known}). Update BirchTree, or use another model.</source>
        <translation>Le modèle {model_id} est de la famille {family}, que cette version de BirchTree ne peut pas employer (elle connaît {known}). Mettez BirchTree à jour, ou prenez un autre modèle.</translation>
    </message>
    <message>
        <source>The model {model_id} is of the kind {family}, which this BirchTree cannot run; it can run {known}. Update BirchTree, or use another model.</source>
        <translation>Le modèle {model_id} est du type {family}, que cette version de BirchTree ne peut pas employer ; elle peut employer {known}. Mettez BirchTree à jour, ou prenez un autre modèle.</translation>
    </message>
    <message>
        <source>The model {model_id} is part of BirchTree and stays.</source>
        <translation>Le modèle {model_id} fait partie de BirchTree et reste.</translation>
    </message>
    <message>
        <source>The model {model_id} is under this licence: {licence}.{words}{place} Read it, and if you accept it, repeat the command with --accept-licence.</source>
        <translation>Le modèle {model_id} est sous cette licence : {licence}.{words}{place} Lisez-la et, si vous l&apos;acceptez, répétez la commande avec --accept-licence.</translation>
    </message>
    <message>
        <source>The model {model_id} lacks its file {name}. Get all of its files.</source>
        <translation>Il manque au modèle {model_id} son fichier {name}. Procurez-vous tous ses fichiers.</translation>
    </message>
    <message>
        <source>The model {model_id} needs a surface model (DSM), and this plot has none. Add one with --dsm, or use --model {other}, which works on the orthomosaic alone.</source>
        <translation>Le modèle {model_id} demande un modèle de surface (MNS), et cette placette n&apos;en a pas. Ajoutez-en un avec --dsm, ou prenez --model {other}, qui n&apos;a besoin que de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>The model {model_id} says that its task is {task}, but models of the family {family} do {tasks}. The card and the graphs do not belong together, so nothing was run. Get the model again.</source>
        <translation>Le modèle {model_id} dit que sa tâche est {task}, mais les modèles de la famille {family} font {tasks}. La fiche et les graphes ne vont pas ensemble ; rien n&apos;a donc été exécuté. Procurez-vous le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The model {model_id} takes tiles of {side} cells a side, but its card asks for tiles of {found}. Convert the model again.</source>
        <translation>Le modèle {model_id} prend des tuiles de {side} cellules de côté, mais sa fiche demande des tuiles de {found}. Convertissez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The model {model_id} tells {found} classes apart, but its card names {listed}: the names cannot be trusted, so nothing was run. Get the model again, or convert it with the right list of classes.</source>
        <translation>Le modèle {model_id} distingue {found} classes, mais sa fiche en nomme {listed} : on ne peut pas se fier aux noms ; rien n&apos;a donc été exécuté. Procurez-vous le modèle de nouveau, ou convertissez-le avec la bonne liste de classes.</translation>
    </message>
    <message>
        <source>The model {model_id} wants its elevation scaled by {mode}, which this BirchTree does not know; it knows {known}. Update BirchTree, or convert the model again.</source>
        <translation>Le modèle {model_id} veut l&apos;altitude mise à l&apos;échelle par {mode}, que cette version de BirchTree ne connaît pas ; elle connaît {known}. Mettez BirchTree à jour, ou convertissez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The model {model_id} {fault}, so it cannot be used. Get all of its files, or convert the original checkpoint again.</source>
        <translation>Le modèle {model_id} {fault} ; il est donc inutilisable. Procurez-vous tous ses fichiers, ou convertissez de nouveau le checkpoint d&apos;origine.</translation>
    </message>
    <message>
        <source>The model&apos;s card names {named} classes, but its graphs tell {told} apart. Convert the model again.</source>
        <translation>La fiche du modèle nomme {named} classes, mais ses graphes en distinguent {told}. Convertissez le modèle de nouveau.</translation>
    </message>
    <message>
        <source>The models in {store} cannot be read ({strerror}).</source>
        <translation>Les modèles de {store} sont illisibles ({strerror}).</translation>
    </message>
    <message>
        <source>The mosaic&apos;s edge cuts it.</source>
        <translation>Le bord de la mosaïque le coupe.</translation>
    </message>
    <message>
        <source>The orthomosaic has no data in this area, so that nothing can be counted per hectare. Choose another area (--over valid).</source>
        <translation>L&apos;orthomosaïque n&apos;a pas de données dans cette zone ; rien ne peut donc y être compté par hectare. Choisissez une autre zone (--over valid).</translation>
    </message>
    <message>
        <source>The orthomosaic is not there, so the boxes in pixels are left empty.</source>
        <translation>L&apos;orthomosaïque n&apos;est pas là ; les rectangles en pixels restent donc vides.</translation>
    </message>
    <message>
        <source>The outline lies wholly on other crowns. Switch off “Keep crowns apart” to let crowns overlap.</source>
        <translation>Le contour se trouve entièrement sur d&apos;autres houppiers. Désactivez « Houppiers disjoints » pour permettre les chevauchements.</translation>
    </message>
    <message>
        <source>The outline would cross itself. Put the corner where its two sides stay free.</source>
        <translation>Le contour se croiserait lui-même. Placez le sommet là où ses deux côtés restent libres.</translation>
    </message>
    <message>
        <source>The part {role} of the model {model_id} is not what a model of the family {family} has: {fault}. Nothing was run. Get the model again, or convert the original checkpoint.</source>
        <translation>La partie {role} du modèle {model_id} n&apos;est pas celle d&apos;un modèle de la famille {family} : {fault}. Rien n&apos;a été exécuté. Procurez-vous le modèle de nouveau, ou convertissez le checkpoint d&apos;origine.</translation>
    </message>
    <message>
        <source>The picture cannot be written to {path}: {reason}. Choose another folder.</source>
        <translation>L&apos;image ne peut pas être écrite dans {path} : {reason}. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The pictures of before and after in {path} are missing or damaged. The figures are those that count.</source>
        <translation>Les images d&apos;avant et d&apos;après dans {path} manquent ou sont endommagées. Ce sont les chiffres qui comptent.</translation>
    </message>
    <message>
        <source>The projection of {name} ({crs}) stretches lengths by {percent:.1f} % here; areas and diameters are corrected for it.</source>
        <translation>La projection de {name} ({crs}) étire ici les longueurs de {percent:.1f} % ; surfaces et diamètres en sont corrigés.</translation>
    </message>
    <message>
        <source>The rasters of {name} were not compared: {error}</source>
        <translation>Les rasters de {name} n&apos;ont pas été comparés : {error}</translation>
    </message>
    <message>
        <source>The sample plot cannot be written to {folder} ({reason}). Choose another folder.</source>
        <translation>La placette d&apos;exemple ne peut pas être écrite dans {folder} ({reason}). Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The scheduler at {address} has no worker, and none came within {seconds} seconds. Start some with `dask worker {address}` on the machines that should do the work.</source>
        <translation>L&apos;ordonnanceur {address} n&apos;a pas d&apos;ouvrier, et aucun n&apos;est venu en {seconds} secondes. Démarrez-en avec `dask worker {address}` sur les machines qui doivent faire le travail.</translation>
    </message>
    <message>
        <source>The second day must be after the first; {dates}.</source>
        <translation>Le deuxième jour doit venir après le premier ; {dates}.</translation>
    </message>
    <message>
        <source>The seed {seed} cannot be: use 0 to 2147483647.</source>
        <translation>La graine {seed} n&apos;est pas possible : de 0 à 2147483647.</translation>
    </message>
    <message>
        <source>The shares {shares} cannot be read: write three numbers as 0.7,0.15,0.15.</source>
        <translation>Les parts {shares} sont illisibles : écrivez trois nombres comme 0.7,0.15,0.15.</translation>
    </message>
    <message>
        <source>The shares {shares} cannot be: training needs more than 0, the others at least 0.</source>
        <translation>Les parts {shares} sont impossibles : l&apos;entraînement demande plus de 0, les autres au moins 0.</translation>
    </message>
    <message>
        <source>The shift between the two surveys could not be told: they show too little in common. Compare them on the map before you trust the table.</source>
        <translation>Le décalage entre les deux relevés n&apos;a pas pu être déterminé : ils ont trop peu en commun. Comparez-les sur la carte avant de vous fier au tableau.</translation>
    </message>
    <message>
        <source>The species is unsure: the second likeliest is {margin_share} behind.</source>
        <translation>L&apos;essence est incertaine : la deuxième plus probable la suit de {margin_share}.</translation>
    </message>
    <message>
        <source>The species list cannot be written to {path}: {why}. Choose another folder.</source>
        <translation>La liste d&apos;essences ne peut pas être écrite dans {path} : {why}. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The species list {path} cannot be used: {why}. It must be a CSV with a column called name (and any of code, en, fr, es, leaf, colour), or a text with one species in each line.</source>
        <translation>La liste d&apos;essences {path} est inutilisable : {why}. Il faut un CSV avec une colonne name (et, au besoin, code, en, fr, es, leaf, colour), ou un texte à raison d&apos;une essence par ligne.</translation>
    </message>
    <message>
        <source>The steps could not be timed. Close other programs and try again.</source>
        <translation>Les pas n&apos;ont pas pu être chronométrés. Fermez d&apos;autres programmes et réessayez.</translation>
    </message>
    <message>
        <source>The stroke does not touch the crown, so nothing is erased.</source>
        <translation>Le trait ne touche pas le houppier ; rien n&apos;est donc effacé.</translation>
    </message>
    <message>
        <source>The stroke does not touch the crown. Begin it on the crown.</source>
        <translation>Le trait ne touche pas le houppier. Commencez-le sur le houppier.</translation>
    </message>
    <message>
        <source>The stroke must cross the border of the crown twice. Start on one side of it and end on the border again.</source>
        <translation>Le trait doit croiser deux fois le bord du houppier. Commencez d&apos;un côté et finissez de nouveau sur le bord.</translation>
    </message>
    <message>
        <source>The table of height equations {path} cannot be used: {why}. It needs the columns category, relationship, slope and intercept, and rows with the relationship {relationship}.</source>
        <translation>La table d&apos;équations de hauteur {path} est inutilisable : {why}. Il lui faut les colonnes category, relationship, slope et intercept, et des lignes dont la relation est {relationship}.</translation>
    </message>
    <message>
        <source>The table of tree names {path} cannot be used: {why}. It must be a CSV with a column name and any of rank, codes, synonyms, genus, family, leaf.</source>
        <translation>La table des noms d&apos;arbres {path} est inutilisable : {why}. Il faut un CSV avec une colonne name et, au besoin, rank, codes, synonyms, genus, family, leaf.</translation>
    </message>
    <message>
        <source>The taught model {model_id} cannot be used: {why}. Measure the plots with the installed model and teach the species again.</source>
        <translation>Le modèle enseigné {model_id} est inutilisable : {why}. Mesurez les placettes avec le modèle installé et enseignez les essences de nouveau.</translation>
    </message>
    <message>
        <source>The tile {first} ({first_set}) shows ground that is in the training tile {second} ({second_set}): the model would be examined on what it learned. Make one set of all plots with `birchtree dataset`.</source>
        <translation>La dalle {first} ({first_set}) montre un terrain qui est dans la dalle d&apos;entraînement {second} ({second_set}) : le modèle serait examiné sur ce qu&apos;il a appris. Faites un seul jeu de toutes les placettes avec `birchtree dataset`.</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>L&apos;entraînement</translation>
    </message>
    <message>
        <source>The training cannot be written to {folder} ({reason}). Make room on the disk, or choose another folder; what was written last stays, and --resume goes on from there.</source>
        <translation>L&apos;entraînement ne peut pas être écrit dans {folder} ({reason}). Faites de la place sur le disque, ou choisissez un autre dossier ; ce qui a été écrit en dernier reste, et --resume continue de là.</translation>
    </message>
    <message>
        <source>The training set cannot be written to {folder} ({reason}). Make room on the disk, or choose another folder.</source>
        <translation>Le jeu d&apos;entraînement ne peut pas être écrit dans {folder} ({reason}). Faites de la place sur le disque, ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The training set in {folder} is damaged. Make it again with `birchtree dataset`.</source>
        <translation>Le jeu d&apos;entraînement de {folder} est endommagé. Refaites-le avec `birchtree dataset`.</translation>
    </message>
    <message>
        <source>The training sets are not those that this training began with, so it cannot go on. Name the same sets in the same order, or begin a new training with --from and this one&apos;s folder.</source>
        <translation>Les jeux d&apos;entraînement ne sont pas ceux avec lesquels cet entraînement a commencé, il ne peut donc pas continuer. Nommez les mêmes jeux dans le même ordre, ou commencez un nouvel entraînement avec --from et le dossier de celui-ci.</translation>
    </message>
    <message>
        <source>The trait model says {model_m} m, the CHM {chm_m} m.</source>
        <translation>Le modèle de caractères dit {model_m} m, le MHC {chm_m} m.</translation>
    </message>
    <message>
        <source>The two surveys do not show the same place: {earlier} and {later} have no ground in common.</source>
        <translation>Les deux relevés ne montrent pas le même endroit : {earlier} et {later} n&apos;ont pas de terrain en commun.</translation>
    </message>
    <message>
        <source>The weights of the model {model_id} are broken: {name} in {file} holds values that are no numbers (NaN or infinity). Nothing of it was run. Get the model again, or ask whoever trained it.</source>
        <translation>Les poids du modèle {model_id} sont défectueux : {name} dans {file} contient des valeurs qui ne sont pas des nombres (NaN ou infini). Rien n&apos;en a été exécuté. Procurez-vous le modèle de nouveau, ou demandez à qui l&apos;a entraîné.</translation>
    </message>
    <message>
        <source>The window was not painted: {reason}</source>
        <translation>La fenêtre n&apos;a pas été dessinée : {reason}</translation>
    </message>
    <message>
        <source>The worker at {worker} cannot use the model: {sentence} Install the same model on that machine with `birchtree models add`, in place of another of that name with --replace, or stop that worker.</source>
        <translation>L&apos;ouvrier {worker} ne peut pas employer le modèle : {sentence} Installez le même modèle sur cette machine avec `birchtree models add`, à la place d&apos;un autre du même nom avec --replace, ou arrêtez cet ouvrier.</translation>
    </message>
    <message>
        <source>The worker at {worker} cannot use the rasters of the plot: {sentence} All machines must see the very same files under the same path, on a network drive for instance.</source>
        <translation>L&apos;ouvrier {worker} ne peut pas employer les rasters de la placette : {sentence} Toutes les machines doivent voir exactement les mêmes fichiers sous le même chemin, par exemple sur un disque réseau.</translation>
    </message>
    <message>
        <source>The worker at {worker} has no BirchTree, or an older one ({reason}). Start workers with the `dask` of an installation of BirchTree: `.venv/bin/dask worker ADDRESS`.</source>
        <translation>L&apos;ouvrier {worker} n&apos;a pas BirchTree, ou en a un plus ancien ({reason}). Démarrez les ouvriers avec le `dask` d&apos;une installation de BirchTree : `.venv/bin/dask worker ADDRESS`.</translation>
    </message>
    <message>
        <source>The worker at {worker} has {changed}, so its crowns could differ from those of this computer. Install the same versions on all machines, or stop that worker.</source>
        <translation>L&apos;ouvrier {worker} a {changed} ; ses houppiers pourraient donc différer de ceux de cet ordinateur. Installez les mêmes versions sur toutes les machines, ou arrêtez cet ouvrier.</translation>
    </message>
    <message>
        <source>The {role} {name} ({other}) does not cover any part of the orthomosaic ({crs}). Choose the {role} of the same survey, or check its CRS.</source>
        <translation>Le {role} {name} ({other}) ne couvre aucune partie de l&apos;orthomosaïque ({crs}). Choisissez le {role} du même relevé, ou vérifiez son SCR.</translation>
    </message>
    <message>
        <source>The {role} {name} covers {percent:.0f} % of the orthomosaic; crowns outside it get no heights.</source>
        <translation>Le {role} {name} couvre {percent:.0f} % de l&apos;orthomosaïque ; les houppiers au-delà n&apos;ont pas de hauteur.</translation>
    </message>
    <message>
        <source>The {role} {name} holds no data at all. Export it again.</source>
        <translation>Le {role} {name} ne contient aucune donnée. Exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>The {role} {name} holds {values} where it has no data, but does not declare it; these places are left out.</source>
        <translation>Le {role} {name} contient {values} là où il n&apos;a pas de données, sans le déclarer ; ces endroits sont laissés de côté.</translation>
    </message>
    <message>
        <source>The {role} {name} is in units of {unit_m:.4f} m ({known}); heights are converted to metres.</source>
        <translation>Le {role} {name} est en unités de {unit_m:.4f} m ({known}) ; les hauteurs sont converties en mètres.</translation>
    </message>
    <message>
        <source>The {role} {name} is taken to be in feet, like its map coordinates; heights are converted to metres.</source>
        <translation>Le {role} {name} est tenu pour être en pieds, comme ses coordonnées ; les hauteurs sont converties en mètres.</translation>
    </message>
    <message>
        <source>The {role} {name} names no CRS; it is taken to be in that of the orthomosaic.</source>
        <translation>Le {role} {name} ne nomme pas de SCR ; on lui suppose celui de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>The {what} of this plot is not at {path} any more. Put it back there or beside the project, or choose where it is now.</source>
        <translation>L&apos;élément « {what} » de cette placette n&apos;est plus à {path}. Remettez-le là ou à côté du projet, ou choisissez où il est maintenant.</translation>
    </message>
    <message>
        <source>There are no crowns on the clipboard. Copy crowns here or in QGIS first, as WKT or GeoJSON.</source>
        <translation>Il n&apos;y a pas de houppiers dans le presse-papiers. Copiez d&apos;abord des houppiers ici ou dans QGIS, en WKT ou GeoJSON.</translation>
    </message>
    <message>
        <source>There are no reports in the language “{language}”. Choose one of: {available}.</source>
        <translation>Il n&apos;y a pas de rapports dans la langue « {language} ». Choisissez parmi : {available}.</translation>
    </message>
    <message>
        <source>There are too many brackets (character {at}).</source>
        <translation>Il y a trop de parenthèses (caractère {at}).</translation>
    </message>
    <message>
        <source>There is a field {name} already. Choose another name.</source>
        <translation>Il y a déjà un champ {name}. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>There is a hole already.</source>
        <translation>Il y a déjà un trou.</translation>
    </message>
    <message>
        <source>There is no DSM: crowns are outlined from colours alone and get no heights.</source>
        <translation>Il n&apos;y a pas de MNS : les houppiers sont délimités d&apos;après les seules couleurs et n&apos;ont pas de hauteur.</translation>
    </message>
    <message>
        <source>There is no DTM: the ground is estimated from the DSM, and heights are marked DSM-est.</source>
        <translation>Il n&apos;y a pas de MNT : le sol est estimé d&apos;après le MNS, et les hauteurs sont marquées DSM-est.</translation>
    </message>
    <message>
        <source>There is no column “{name}” (character {at}).</source>
        <translation>Il n&apos;y a pas de colonne « {name} » (caractère {at}).</translation>
    </message>
    <message>
        <source>There is no column “{name}” (character {at}). Did you mean {near}?</source>
        <translation>Il n&apos;y a pas de colonne « {name} » (caractère {at}). Vouliez-vous dire {near} ?</translation>
    </message>
    <message>
        <source>There is no crown for validation, so training goes on for all its steps, and the threshold is a common one. Make the set from more plots, or in smaller blocks, to know how good the model is.</source>
        <translation>Il n&apos;y a pas de houppier pour la validation, l&apos;entraînement va donc jusqu&apos;au bout de ses pas, et le seuil est un seuil courant. Faites le jeu à partir de plus de placettes, ou en blocs plus petits, pour savoir ce que vaut le modèle.</translation>
    </message>
    <message>
        <source>There is no crown in {names}, so there is nothing to learn. Outline crowns first, or choose other files.</source>
        <translation>Il n&apos;y a pas de houppier dans {names} ; il n&apos;y a donc rien à apprendre. Délimitez d&apos;abord des houppiers, ou choisissez d&apos;autres fichiers.</translation>
    </message>
    <message>
        <source>There is no crown to learn from in {folders}. Outline crowns, mark the complete areas and make the set again.</source>
        <translation>Il n&apos;y a pas de houppier dont apprendre dans {folders}. Délimitez des houppiers, marquez les zones complètes et refaites le jeu.</translation>
    </message>
    <message>
        <source>There is no crown under the line. Draw it through a crown.</source>
        <translation>Il n&apos;y a pas de houppier sous la ligne. Tracez-la à travers un houppier.</translation>
    </message>
    <message>
        <source>There is no crown under the stroke. Draw it over the border of a crown.</source>
        <translation>Il n&apos;y a pas de houppier sous le trait. Tracez-le sur le bord d&apos;un houppier.</translation>
    </message>
    <message>
        <source>There is no equation called “{id}”. Choose one of: {available}. For Chave2014 give the wood density in g/cm³ (0.05 to 1.5), as in Chave2014/0.60.</source>
        <translation>Il n&apos;y a pas d&apos;équation nommée « {id} ». Choisissez parmi : {available}. Pour Chave2014, donnez la densité du bois en g/cm³ (0.05 à 1.5), comme dans Chave2014/0.60.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Il n&apos;y a pas de fichier {path}.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name and folder.</source>
        <translation>Il n&apos;y a pas de fichier {path}. Vérifiez son nom et son dossier.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check the name and the folder.</source>
        <translation>Il n&apos;y a pas de fichier {path}. Vérifiez le nom et le dossier.</translation>
    </message>
    <message>
        <source>There is no graphics card here that PyTorch could use. {reason} Leave out --device cuda, or use --device cpu.</source>
        <translation>Il n&apos;y a pas ici de carte graphique que PyTorch puisse employer. {reason} Omettez --device cuda, ou employez --device cpu.</translation>
    </message>
    <message>
        <source>There is no hole of this crown at that place.</source>
        <translation>Il n&apos;y a pas de trou de ce houppier à cet endroit.</translation>
    </message>
    <message>
        <source>There is no model {model_id} on this computer. Installed are: {known}. Add one with `birchtree models add` or `birchtree models download`.</source>
        <translation>Il n&apos;y a pas de modèle {model_id} sur cet ordinateur. Sont installés : {known}. Ajoutez-en un avec `birchtree models add` ou `birchtree models download`.</translation>
    </message>
    <message>
        <source>There is no model {model_id} to download. There are: {known}. A file of your own is added with `birchtree models add` or `birchtree models convert`.</source>
        <translation>Il n&apos;y a pas de modèle {model_id} à télécharger. Il y a : {known}. Un fichier à vous s&apos;ajoute avec `birchtree models add` ou `birchtree models convert`.</translation>
    </message>
    <message>
        <source>There is no model {model_id}. These can outline crowns: {known}.</source>
        <translation>Il n&apos;y a pas de modèle {model_id}. Ceux-ci peuvent délimiter des houppiers : {known}.</translation>
    </message>
    <message>
        <source>There is no orthomosaic (GeoTIFF) in the folder {folder}.</source>
        <translation>Il n&apos;y a pas d&apos;orthomosaïque (GeoTIFF) dans le dossier {folder}.</translation>
    </message>
    <message>
        <source>There is no preset {name} for {task}. There are {known}.</source>
        <translation>Il n&apos;y a pas de préréglage {name} pour {task}. Il y a {known}.</translation>
    </message>
    <message>
        <source>There is no project ({suffix}) in {folder}.</source>
        <translation>Il n&apos;y a pas de projet ({suffix}) dans {folder}.</translation>
    </message>
    <message>
        <source>There is no room for the overviews of {name}: {needed} MB are needed in {folder} and {free} MB are free. Free some space, or set BIRCHTREE_HOME to a larger disk.</source>
        <translation>Il n&apos;y a pas de place pour les aperçus de {name} : il faut {needed} Mo dans {folder}, et {free} Mo sont libres. Libérez de la place, ou dirigez BIRCHTREE_HOME vers un disque plus grand.</translation>
    </message>
    <message>
        <source>There is no {path}. Look at its name and its folder, and try again.</source>
        <translation>{path} n&apos;existe pas. Regardez son nom et son dossier, puis réessayez.</translation>
    </message>
    <message>
        <source>There is nothing to compare: no crown, predicted or true, lies in the area of {name}. Choose the area of this plot, or check its coordinate reference system.</source>
        <translation>Il n&apos;y a rien à comparer : aucun houppier, prédit ou vrai, ne se trouve dans la zone de {name}. Choisissez la zone de cette placette, ou vérifiez son système de coordonnées.</translation>
    </message>
    <message>
        <source>There is nothing to evaluate. Name at least one file of predictions.</source>
        <translation>Il n&apos;y a rien à évaluer. Nommez au moins un fichier de prédictions.</translation>
    </message>
    <message>
        <source>There is nothing to learn yet: none of the plots has crowns in a complete area.</source>
        <translation>Il n&apos;y a encore rien à apprendre : aucune des placettes n&apos;a de houppiers dans une zone complète.</translation>
    </message>
    <message>
        <source>There is nothing to outline: the area of interest does not meet the part of the orthomosaic with data.</source>
        <translation>Il n&apos;y a rien à délimiter : la zone d&apos;intérêt ne rencontre pas la partie de l&apos;orthomosaïque qui a des données.</translation>
    </message>
    <message>
        <source>There is one closing bracket too many (character {at}).</source>
        <translation>Il y a une parenthèse fermante de trop (caractère {at}).</translation>
    </message>
    <message>
        <source>There is room for {found} such control plots on this plot, not for {count}. Choose fewer or smaller ones.</source>
        <translation>Il y a place pour {found} de ces placettes témoins, non pour {count}. Choisissez-en moins ou de plus petites.</translation>
    </message>
    <message>
        <source>These are the same file. Name the projects of two surveys.</source>
        <translation>C&apos;est le même fichier. Nommez les projets de deux relevés.</translation>
    </message>
    <message>
        <source>These crowns do not overlap, so there is nothing to take away.</source>
        <translation>Ces houppiers ne se chevauchent pas ; il n&apos;y a donc rien à retrancher.</translation>
    </message>
    <message>
        <source>These plots were read by different versions of {model_id}. Measure them again with the one that is installed (`birchtree measure PLOT --model {model_id} --all`).</source>
        <translation>Ces placettes ont été lues par différentes versions de {model_id}. Mesurez-les de nouveau avec celle qui est installée (`birchtree measure PLOT --model {model_id} --all`).</translation>
    </message>
    <message>
        <source>These species were taught with another model ({model_id}, {known} numbers a crown, here {found}). Measure the plot with that model, or teach them again.</source>
        <translation>Ces essences ont été enseignées avec un autre modèle ({model_id}, {known} nombres par houppier, ici {found}). Mesurez la placette avec ce modèle, ou enseignez-les de nouveau.</translation>
    </message>
    <message>
        <source>These {count} crowns do not touch each other, so they cannot become one. Merge neighbours only.</source>
        <translation>Ces {count} houppiers ne se touchent pas ; ils ne peuvent donc pas n&apos;en faire qu&apos;un. Ne fusionnez que des voisins.</translation>
    </message>
    <message>
        <source>This PyTorch ({version}) finds no NVIDIA graphics card with a driver for CUDA {cuda}.</source>
        <translation>Ce PyTorch ({version}) ne trouve pas de carte graphique NVIDIA avec un pilote pour CUDA {cuda}.</translation>
    </message>
    <message>
        <source>This PyTorch ({version}) is a build for processors alone.</source>
        <translation>Ce PyTorch ({version}) est une version pour processeurs seulement.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for the model file {name}. Close other programs, or use a smaller model.</source>
        <translation>La mémoire de cet ordinateur ne suffit pas au fichier de modèle {name}. Fermez d&apos;autres programmes, ou prenez un modèle plus petit.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for this step. Close other programs and try again; what was finished is kept, and a run goes on with --resume.</source>
        <translation>La mémoire de cet ordinateur ne suffit pas à cette étape. Fermez d&apos;autres programmes et réessayez ; ce qui est terminé est conservé, et un traitement se poursuit avec --resume.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for this training. Close other programs, or use a smaller --batch or smaller tiles.</source>
        <translation>La mémoire de cet ordinateur ne suffit pas à cet entraînement. Fermez d&apos;autres programmes, ou employez un --batch plus petit ou des dalles plus petites.</translation>
    </message>
    <message>
        <source>This crown is too small to be moved there: nothing would be left of it.</source>
        <translation>Ce houppier est trop petit pour y être déplacé : il n’en resterait rien.</translation>
    </message>
    <message>
        <source>This file has no shortcuts in it.</source>
        <translation>Ce fichier ne contient pas de raccourcis.</translation>
    </message>
    <message>
        <source>This gives {kind}, and {wanted} are needed (character {at}).</source>
        <translation>Ceci donne {kind}, et il faut {wanted} (caractère {at}).</translation>
    </message>
    <message>
        <source>This gives {kind}, where a condition such as “height &gt; 20” is needed (character {at}).</source>
        <translation>Ceci donne {kind}, là où il faut une condition telle que « height &gt; 20 » (caractère {at}).</translation>
    </message>
    <message>
        <source>This is no file of shortcuts: {problem}.</source>
        <translation>Ce n&apos;est pas un fichier de raccourcis : {problem}.</translation>
    </message>
    <message>
        <source>This is the plot that is open. Choose the project of another survey.</source>
        <translation>C&apos;est la placette ouverte. Choisissez le projet d&apos;un autre relevé.</translation>
    </message>
    <message>
        <source>This is too long (character {at}).</source>
        <translation>C&apos;est trop long (caractère {at}).</translation>
    </message>
    <message>
        <source>This is too long: {most} characters at most.</source>
        <translation>C&apos;est trop long : {most} caractères au plus.</translation>
    </message>
    <message>
        <source>This model is under the {title}.
Its text: {url}

Whoever passes the model on must pass that text on with it: save it here in the place of this note.

In short (binding is the text): {summary}
</source>
        <translation>Ce modèle est sous la {title}.
Son texte : {url}

Qui transmet le modèle doit transmettre ce texte avec lui : enregistrez-le ici à la place de cette note.

En bref (seul le texte fait foi) : {summary}
</translation>
    </message>
    <message>
        <source>This outline encloses no ground. Draw it with at least three corners.</source>
        <translation>Ce contour n&apos;entoure aucun terrain. Dessinez-le avec au moins trois sommets.</translation>
    </message>
    <message>
        <source>This place is not on the plot.</source>
        <translation>Ce lieu n&apos;est pas sur la placette.</translation>
    </message>
    <message>
        <source>This place is not on the plot: it lies more than 100 km away.</source>
        <translation>Ce lieu n&apos;est pas sur la placette : il est à plus de 100 km.</translation>
    </message>
    <message>
        <source>This place is not on the plot: it lies {far} away, {direction} of it.</source>
        <translation>Ce lieu n&apos;est pas sur la placette : il est à {far}, direction {direction}.</translation>
    </message>
    <message>
        <source>This plot has no area of interest. Name one with --aoi FILE, or count over all data (--over valid).</source>
        <translation>Cette placette n&apos;a pas de zone d&apos;intérêt. Nommez-en une avec --aoi FILE, ou comptez sur toutes les données (--over valid).</translation>
    </message>
    <message>
        <source>This plot has no complete area yet. Draw one in the window, or count over all data (--over valid).</source>
        <translation>Cette placette n&apos;a pas encore de zone complète. Dessinez-en une dans la fenêtre, ou comptez sur toutes les données (--over valid).</translation>
    </message>
    <message>
        <source>This plot has no crowns yet, so the export is empty.</source>
        <translation>Cette placette n&apos;a pas encore de houppiers ; l&apos;exportation est donc vide.</translation>
    </message>
    <message>
        <source>Tiles of {tile_px} cells of {gsd_m} m cannot be made. Use 64 to 4096 cells of 0.005 to 2 m.</source>
        <translation>Des tuiles de {tile_px} cellules de {gsd_m} m sont impossibles. Employez de 64 à 4096 cellules de 0,005 à 2 m.</translation>
    </message>
    <message>
        <source>Trained with BirchTree {version}</source>
        <translation>Entraîné avec BirchTree {version}</translation>
    </message>
    <message>
        <source>Training runs on the graphics card {name} (CUDA {cuda}).</source>
        <translation>L&apos;entraînement tourne sur la carte graphique {name} (CUDA {cuda}).</translation>
    </message>
    <message>
        <source>Training runs on the processor with {count} threads.</source>
        <translation>L&apos;entraînement tourne sur le processeur avec {count} fils.</translation>
    </message>
    <message>
        <source>Training runs on the processor.</source>
        <translation>L&apos;entraînement tourne sur le processeur.</translation>
    </message>
    <message>
        <source>Tree crowns of {image_name}</source>
        <translation>Houppiers de {image_name}</translation>
    </message>
    <message>
        <source>Treetops and watershed on the canopy height, no model file needed</source>
        <translation>Cimes et bassins versants sur la hauteur de canopée, sans fichier de modèle</translation>
    </message>
    <message>
        <source>Treetops of the surface model as prompts</source>
        <translation>Cimes du modèle de surface comme amorces</translation>
    </message>
    <message>
        <source>Type two numbers: east and north as the status bar shows them, or latitude and longitude in degrees.</source>
        <translation>Tapez deux nombres : est et nord comme la barre d&apos;état les montre, ou latitude et longitude en degrés.</translation>
    </message>
    <message>
        <source>Western North America</source>
        <translation>Ouest de l&apos;Amérique du Nord</translation>
    </message>
    <message>
        <source>What came from {host} is not the file that was asked for (its SHA-256 differs), so it was removed. Run the command again; if it stays so, the file at {url} has been changed.</source>
        <translation>Ce qui est venu de {host} n&apos;est pas le fichier demandé (son SHA-256 diffère) ; il a donc été retiré. Relancez la commande ; si cela persiste, le fichier à {url} a été changé.</translation>
    </message>
    <message>
        <source>With fewer than five places the held-out crowns stand on blocks of {block} m of the same plots: the figures are for these plots, not for new ones.</source>
        <translation>Avec moins de cinq lieux, les houppiers mis à part se trouvent sur des blocs de {block} m des mêmes placettes : les chiffres valent pour ces placettes, non pour de nouvelles.</translation>
    </message>
    <message>
        <source>Without a DSM of both surveys nobody can say whether a crown without a partner was felled or overlooked.</source>
        <translation>Sans MNS des deux relevés, nul ne peut dire si un houppier sans partenaire a été abattu ou oublié.</translation>
    </message>
    <message>
        <source>Without crowns for validation nobody knows how good the model is.</source>
        <translation>Sans houppiers pour la validation, personne ne sait ce que vaut le modèle.</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>Écrire une note</translation>
    </message>
    <message>
        <source>Write note on {count} crowns</source>
        <translation>Écrire une note sur {count} houppiers</translation>
    </message>
    <message>
        <source>a class has no name</source>
        <translation>une classe n&apos;a pas de nom</translation>
    </message>
    <message>
        <source>a number in it is too long</source>
        <translation>un nombre y est trop long</translation>
    </message>
    <message>
        <source>a part of it is longer than the whole</source>
        <translation>une de ses parties est plus longue que le tout</translation>
    </message>
    <message>
        <source>a part of it is of no known kind</source>
        <translation>une de ses parties est d&apos;un genre inconnu</translation>
    </message>
    <message>
        <source>a row of {table}</source>
        <translation>une ligne de {table}</translation>
    </message>
    <message>
        <source>a small network computed the known result; {describe}</source>
        <translation>un petit réseau a calculé le résultat connu ; {describe}</translation>
    </message>
    <message>
        <source>a tensor in it has an impossible size</source>
        <translation>un tenseur y a une taille impossible</translation>
    </message>
    <message>
        <source>a text in it is not UTF-8</source>
        <translation>un texte n&apos;y est pas en UTF-8</translation>
    </message>
    <message>
        <source>a text is a number: {text}</source>
        <translation>un texte est un nombre : {text}</translation>
    </message>
    <message>
        <source>a text is no JSON: {error}</source>
        <translation>un texte n&apos;est pas du JSON : {error}</translation>
    </message>
    <message>
        <source>a tile lacks its picture</source>
        <translation>une tuile n&apos;a pas d&apos;image</translation>
    </message>
    <message>
        <source>above</source>
        <translation>au-dessus</translation>
    </message>
    <message>
        <source>add</source>
        <translation>ajout</translation>
    </message>
    <message>
        <source>an image that it does not name</source>
        <translation>une image qu&apos;il ne nomme pas</translation>
    </message>
    <message>
        <source>an option is wrong</source>
        <translation>une option est fausse</translation>
    </message>
    <message>
        <source>an unnamed part</source>
        <translation>une partie sans nom</translation>
    </message>
    <message>
        <source>area of interest</source>
        <translation>zone d&apos;intérêt</translation>
    </message>
    <message>
        <source>as the model</source>
        <translation>comme le modèle</translation>
    </message>
    <message>
        <source>below</source>
        <translation>au-dessous</translation>
    </message>
    <message>
        <source>classes is not a list</source>
        <translation>classes n&apos;est pas une liste</translation>
    </message>
    <message>
        <source>compare</source>
        <translation>comparaison</translation>
    </message>
    <message>
        <source>complete area</source>
        <translation>zone complète</translation>
    </message>
    <message>
        <source>control crown</source>
        <translation>houppier témoin</translation>
    </message>
    <message>
        <source>control plot</source>
        <translation>placette témoin</translation>
    </message>
    <message>
        <source>crown</source>
        <translation>houppier</translation>
    </message>
    <message>
        <source>crown {tree_id}</source>
        <translation>le houppier {tree_id}</translation>
    </message>
    <message>
        <source>crowns</source>
        <translation>houppiers</translation>
    </message>
    <message>
        <source>crowns outlined on 40 x 40 m: {told}; written as a shapefile</source>
        <translation>houppiers délimités sur 40 x 40 m : {told} ; écrits en shapefile</translation>
    </message>
    <message>
        <source>custom field: {name}</source>
        <translation>champ personnel : {name}</translation>
    </message>
    <message>
        <source>dataset</source>
        <translation>jeu d&apos;entraînement</translation>
    </message>
    <message>
        <source>dates like 2026-07-31</source>
        <translation>des dates comme 2026-07-31</translation>
    </message>
    <message>
        <source>dead tree</source>
        <translation>arbre mort</translation>
    </message>
    <message>
        <source>died (there, but dead now)</source>
        <translation>mort (présent, mais mort maintenant)</translation>
    </message>
    <message>
        <source>done again</source>
        <translation>rétabli</translation>
    </message>
    <message>
        <source>download</source>
        <translation>téléchargement</translation>
    </message>
    <message>
        <source>dsm_norm is {mode} instead of one of {join}</source>
        <translation>dsm_norm vaut {mode} au lieu de l&apos;un de {join}</translation>
    </message>
    <message>
        <source>earlier survey</source>
        <translation>relevé antérieur</translation>
    </message>
    <message>
        <source>east</source>
        <translation>est</translation>
    </message>
    <message>
        <source>examine</source>
        <translation>examen</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportation</translation>
    </message>
    <message>
        <source>field {number} is of the wrong kind</source>
        <translation>le champ {number} n&apos;est pas du bon genre</translation>
    </message>
    <message>
        <source>files of the format {format} are not opened here</source>
        <translation>les fichiers du format {format} ne sont pas ouverts ici</translation>
    </message>
    <message>
        <source>fill_rgb is {said} instead of three numbers</source>
        <translation>fill_rgb vaut {said} au lieu de trois nombres</translation>
    </message>
    <message>
        <source>finished tile</source>
        <translation>tuile terminée</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>disparu</translation>
    </message>
    <message>
        <source>graphs is not a list of roles and files</source>
        <translation>graphs n&apos;est pas une liste de rôles et de fichiers</translation>
    </message>
    <message>
        <source>grid cell</source>
        <translation>maille</translation>
    </message>
    <message>
        <source>has a part {unknown} that nothing uses</source>
        <translation>a une partie {unknown} que rien n&apos;emploie</translation>
    </message>
    <message>
        <source>has a side of {found} instead of {expected}</source>
        <translation>a un côté de {found} au lieu de {expected}</translation>
    </message>
    <message>
        <source>has {count} dimensions instead of {count_2}</source>
        <translation>a {count} dimensions au lieu de {count_2}</translation>
    </message>
    <message>
        <source>horizontal CRS</source>
        <translation>SCR horizontal</translation>
    </message>
    <message>
        <source>import</source>
        <translation>importation</translation>
    </message>
    <message>
        <source>installed models</source>
        <translation>modèles installés</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>n&apos;est ni vrai ni faux</translation>
    </message>
    <message>
        <source>is not a list of names and values</source>
        <translation>n&apos;est pas une liste de noms et de valeurs</translation>
    </message>
    <message>
        <source>is not a list of numbers</source>
        <translation>n&apos;est pas une liste de nombres</translation>
    </message>
    <message>
        <source>is not a number</source>
        <translation>n&apos;est pas un nombre</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>lecture impossible</translation>
    </message>
    <message>
        <source>it claims to hold more numbers than any model has</source>
        <translation>il prétend contenir plus de nombres que n&apos;en a aucun modèle</translation>
    </message>
    <message>
        <source>it defines words of its own (DOCTYPE)</source>
        <translation>il définit ses propres mots (DOCTYPE)</translation>
    </message>
    <message>
        <source>it did not come to rest in time</source>
        <translation>elle ne s&apos;est pas stabilisée à temps</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>it does not start here</source>
        <translation>il ne démarre pas ici</translation>
    </message>
    <message>
        <source>it ends in the middle of a number</source>
        <translation>il finit au milieu d&apos;un nombre</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>il finit trop tôt</translation>
    </message>
    <message>
        <source>it gives numbers that are none (NaN)</source>
        <translation>il donne des nombres qui n&apos;en sont pas (NaN)</translation>
    </message>
    <message>
        <source>it gives {shape} classes where its card names {classes}</source>
        <translation>il donne {shape} classes là où sa fiche nomme {classes}</translation>
    </message>
    <message>
        <source>it has far too many parts</source>
        <translation>il a bien trop de parties</translation>
    </message>
    <message>
        <source>it has more than {MAX_VRT_BYTES} MB</source>
        <translation>il dépasse {MAX_VRT_BYTES} Mo</translation>
    </message>
    <message>
        <source>it has no column {join}</source>
        <translation>il n&apos;a pas de colonne {join}</translation>
    </message>
    <message>
        <source>it has no input {missing}</source>
        <translation>il n&apos;a pas d&apos;entrée {missing}</translation>
    </message>
    <message>
        <source>it has no output {rstrip}</source>
        <translation>il n&apos;a pas de sortie {rstrip}</translation>
    </message>
    <message>
        <source>it holds a program (Python)</source>
        <translation>il contient un programme (Python)</translation>
    </message>
    <message>
        <source>it holds more than {MAX_ARCHIVE_FILES} files</source>
        <translation>il contient plus de {MAX_ARCHIVE_FILES} fichiers</translation>
    </message>
    <message>
        <source>it holds no graph</source>
        <translation>il ne contient pas de graphe</translation>
    </message>
    <message>
        <source>it holds {name} twice</source>
        <translation>il contient deux fois {name}</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>c&apos;est un dossier</translation>
    </message>
    <message>
        <source>it is a view</source>
        <translation>c&apos;est une vue</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>il est endommagé</translation>
    </message>
    <message>
        <source>it is empty (0 bytes)</source>
        <translation>il est vide (0 octet)</translation>
    </message>
    <message>
        <source>it is far too large for a list of species</source>
        <translation>il est bien trop grand pour une liste d&apos;essences</translation>
    </message>
    <message>
        <source>it is larger than 10 MB</source>
        <translation>il dépasse 10 Mo</translation>
    </message>
    <message>
        <source>it is missing or cannot be read</source>
        <translation>il manque ou ne peut pas être lu</translation>
    </message>
    <message>
        <source>it is missing or not JSON</source>
        <translation>il manque ou n&apos;est pas du JSON</translation>
    </message>
    <message>
        <source>it is no {format_name}</source>
        <translation>ce n&apos;est pas un {format_name}</translation>
    </message>
    <message>
        <source>it is not JSON text</source>
        <translation>ce n&apos;est pas du texte JSON</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>ce n&apos;est pas du texte UTF-8</translation>
    </message>
    <message>
        <source>it is not a COCO file</source>
        <translation>ce n&apos;est pas un fichier COCO</translation>
    </message>
    <message>
        <source>it is not a text file; save the table as CSV first</source>
        <translation>ce n&apos;est pas un fichier texte ; enregistrez d&apos;abord le tableau en CSV</translation>
    </message>
    <message>
        <source>it is not sound XML ({error})</source>
        <translation>ce n&apos;est pas du XML valable ({error})</translation>
    </message>
    <message>
        <source>it is not what `birchtree dataset` writes</source>
        <translation>ce n&apos;est pas ce qu&apos;écrit `birchtree dataset`</translation>
    </message>
    <message>
        <source>it lacks {join}</source>
        <translation>il lui manque {join}</translation>
    </message>
    <message>
        <source>it lies outside of the set</source>
        <translation>il se trouve hors du jeu</translation>
    </message>
    <message>
        <source>it names no species</source>
        <translation>il ne nomme aucune essence</translation>
    </message>
    <message>
        <source>it names {count} species, and a list holds at most {MOST_SPECIES}</source>
        <translation>il nomme {count} essences, et une liste en contient au plus {MOST_SPECIES}</translation>
    </message>
    <message>
        <source>it reads the bytes of any file as pixels (VRTRawRasterBand)</source>
        <translation>il lit les octets d&apos;un fichier quelconque comme pixels (VRTRawRasterBand)</translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation>il n&apos;a rien dit</translation>
    </message>
    <message>
        <source>it stands for files that stand for files, and so on without end</source>
        <translation>il renvoie à des fichiers qui renvoient à des fichiers, et ainsi de suite sans fin</translation>
    </message>
    <message>
        <source>it stands for more than {MAX_VRT_FILES} files</source>
        <translation>il renvoie à plus de {MAX_VRT_FILES} fichiers</translation>
    </message>
    <message>
        <source>it wants an input {unknown}, which BirchTree cannot give</source>
        <translation>il veut une entrée {unknown}, que BirchTree ne peut pas donner</translation>
    </message>
    <message>
        <source>it was opened for reading only</source>
        <translation>ouverture en lecture seule</translation>
    </message>
    <message>
        <source>it was taught on {model_id} {model_key}, here is {model_key_2}</source>
        <translation>il a été enseigné sur {model_id} {model_key}, voici {model_key_2}</translation>
    </message>
    <message>
        <source>its CRS</source>
        <translation>son SCR</translation>
    </message>
    <message>
        <source>its card and the graph do not agree on whether elevation is read</source>
        <translation>sa fiche et le graphe ne s&apos;accordent pas sur l&apos;emploi de l&apos;altitude</translation>
    </message>
    <message>
        <source>its card names other species than its head</source>
        <translation>sa fiche nomme d&apos;autres essences que sa tête</translation>
    </message>
    <message>
        <source>its card says {name} = {said}, which is neither true nor false</source>
        <translation>sa fiche dit {name} = {said}, ce qui n&apos;est ni vrai ni faux</translation>
    </message>
    <message>
        <source>its certificate cannot be verified; is this computer&apos;s clock right?</source>
        <translation>son certificat ne peut pas être vérifié ; l&apos;horloge de cet ordinateur est-elle juste ?</translation>
    </message>
    <message>
        <source>its description is incomplete</source>
        <translation>sa description est incomplète</translation>
    </message>
    <message>
        <source>its encoder does not give {join}</source>
        <translation>son encodeur ne donne pas {join}</translation>
    </message>
    <message>
        <source>its folder is write-protected</source>
        <translation>son dossier est protégé en écriture</translation>
    </message>
    <message>
        <source>its graph does not take pictures of {side} cells and give species and heights</source>
        <translation>son graphe ne prend pas des images de {side} cellules pour donner essences et hauteurs</translation>
    </message>
    <message>
        <source>its graphs are nested too deeply</source>
        <translation>ses graphes sont trop imbriqués</translation>
    </message>
    <message>
        <source>its input {name} takes numbers of another kind</source>
        <translation>son entrée {name} prend des nombres d&apos;un autre genre</translation>
    </message>
    <message>
        <source>its input {name} {fault}</source>
        <translation>son entrée {name} {fault}</translation>
    </message>
    <message>
        <source>its layer of crowns names no CRS</source>
        <translation>sa couche de houppiers ne nomme pas de SCR</translation>
    </message>
    <message>
        <source>its name is not known; is there a network?</source>
        <translation>son nom est inconnu ; y a-t-il un réseau ?</translation>
    </message>
    <message>
        <source>its part {name} holds values that are no numbers</source>
        <translation>sa partie {name} contient des valeurs qui ne sont pas des nombres</translation>
    </message>
    <message>
        <source>its part {name} is missing or of another shape</source>
        <translation>sa partie {name} manque ou a une autre forme</translation>
    </message>
    <message>
        <source>its parts do not fit together</source>
        <translation>ses parties ne vont pas ensemble</translation>
    </message>
    <message>
        <source>its picture has only {shown} colours</source>
        <translation>son image n&apos;a que {shown} couleurs</translation>
    </message>
    <message>
        <source>its self-test is under way</source>
        <translation>son autotest est en cours</translation>
    </message>
    <message>
        <source>its table {table} is missing</source>
        <translation>sa table {table} manque</translation>
    </message>
    <message>
        <source>its table {table} lacks the column {missing}</source>
        <translation>il manque à sa table {table} la colonne {missing}</translation>
    </message>
    <message>
        <source>its texts are far too long</source>
        <translation>ses textes sont bien trop longs</translation>
    </message>
    <message>
        <source>its unit</source>
        <translation>son unité</translation>
    </message>
    <message>
        <source>lacks its part {missing}</source>
        <translation>n&apos;a pas sa partie {missing}</translation>
    </message>
    <message>
        <source>left out: this is the command line without the window</source>
        <translation>omis : c&apos;est la ligne de commande sans la fenêtre</translation>
    </message>
    <message>
        <source>line {line} has </source>
        <translation>ligne {line} : </translation>
    </message>
    <message>
        <source>line {line} has no number for slope or intercept of {values}</source>
        <translation>la ligne {line} n&apos;a pas de nombre pour slope ou intercept de {values}</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>masques</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>mesure</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>fusion</translation>
    </message>
    <message>
        <source>model folder</source>
        <translation>dossier des modèles</translation>
    </message>
    <message>
        <source>more came than was announced</source>
        <translation>il en est venu plus qu&apos;annoncé</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>plus de</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouveau</translation>
    </message>
    <message>
        <source>no category</source>
        <translation>pas de catégorie</translation>
    </message>
    <message>
        <source>no orthomosaic is at hand</source>
        <translation>aucune orthomosaïque n&apos;est disponible</translation>
    </message>
    <message>
        <source>no row has the relationship {RELATIONSHIP}</source>
        <translation>aucune ligne n&apos;a la relation {RELATIONSHIP}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>none beside the built-in methods</source>
        <translation>aucun en plus des méthodes intégrées</translation>
    </message>
    <message>
        <source>none installed; watershed and valley need no files</source>
        <translation>aucun installé ; watershed et valley n&apos;ont besoin d&apos;aucun fichier</translation>
    </message>
    <message>
        <source>none with a height because there is no DSM</source>
        <translation>aucun avec une hauteur, faute de MNS</translation>
    </message>
    <message>
        <source>north</source>
        <translation>nord</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>nord-est</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>nord-ouest</translation>
    </message>
    <message>
        <source>not a tree</source>
        <translation>pas un arbre</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>non installé</translation>
    </message>
    <message>
        <source>not outlined in the earlier survey, but something of that height may have stood there</source>
        <translation>non délimité dans le relevé antérieur, mais quelque chose de cette hauteur a pu s&apos;y trouver</translation>
    </message>
    <message>
        <source>not outlined in the later survey, but something of that height may stand there</source>
        <translation>non délimité dans le relevé récent, mais quelque chose de cette hauteur peut s&apos;y trouver</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>non indiqué</translation>
    </message>
    <message>
        <source>not stated by whoever made this model</source>
        <translation>non indiqué par l&apos;auteur de ce modèle</translation>
    </message>
    <message>
        <source>of at least 0</source>
        <translation>d&apos;au moins 0</translation>
    </message>
    <message>
        <source>one of: </source>
        <translation>un parmi : </translation>
    </message>
    <message>
        <source>one place</source>
        <translation>un seul lieu</translation>
    </message>
    <message>
        <source>orthomosaic</source>
        <translation>orthomosaïque</translation>
    </message>
    <message>
        <source>outlining plots</source>
        <translation>délimiter les placettes</translation>
    </message>
    <message>
        <source>outlining what is clicked</source>
        <translation>délimiter ce qui est cliqué</translation>
    </message>
    <message>
        <source>outside the other survey or cut by an edge, not compared</source>
        <translation>hors de l&apos;autre relevé ou coupé par un bord, non comparé</translation>
    </message>
    <message>
        <source>payload: {error}</source>
        <translation>contenu : {error}</translation>
    </message>
    <message>
        <source>proposals</source>
        <translation>propositions</translation>
    </message>
    <message>
        <source>read crowns</source>
        <translation>lire les houppiers</translation>
    </message>
    <message>
        <source>report</source>
        <translation>rapport</translation>
    </message>
    <message>
        <source>row {number} has no name</source>
        <translation>la ligne {number} n&apos;a pas de nom</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>lignes</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>exemple</translation>
    </message>
    <message>
        <source>sample plot</source>
        <translation>placette d&apos;exemple</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>segmentation</translation>
    </message>
    <message>
        <source>settings is not a list of names and values</source>
        <translation>settings n&apos;est pas une liste de noms et de valeurs</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>autre chose</translation>
    </message>
    <message>
        <source>south</source>
        <translation>sud</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>sud-est</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>sud-ouest</translation>
    </message>
    <message>
        <source>step of the history</source>
        <translation>étape de l&apos;historique</translation>
    </message>
    <message>
        <source>survived</source>
        <translation>survivant</translation>
    </message>
    <message>
        <source>the command</source>
        <translation>la commande</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>la connexion s&apos;est rompue</translation>
    </message>
    <message>
        <source>the disk is write-protected</source>
        <translation>le disque est protégé en écriture</translation>
    </message>
    <message>
        <source>the entry {name} leads out of it</source>
        <translation>l&apos;entrée {name} en sort</translation>
    </message>
    <message>
        <source>the file is write-protected</source>
        <translation>le fichier est protégé en écriture</translation>
    </message>
    <message>
        <source>the file of training embeddings</source>
        <translation>le fichier des descripteurs d&apos;entraînement</translation>
    </message>
    <message>
        <source>the file of training embeddings {name}</source>
        <translation>le fichier des descripteurs d&apos;entraînement {name}</translation>
    </message>
    <message>
        <source>the graph does not say how many classes it tells apart</source>
        <translation>le graphe ne dit pas combien de classes il distingue</translation>
    </message>
    <message>
        <source>the graph {role} has no plain file name</source>
        <translation>le graphe {role} n&apos;a pas de simple nom de fichier</translation>
    </message>
    <message>
        <source>the graph {role} is not described</source>
        <translation>le graphe {role} n&apos;est pas décrit</translation>
    </message>
    <message>
        <source>the graph {role} lacks its hash or size</source>
        <translation>il manque au graphe {role} son empreinte ou sa taille</translation>
    </message>
    <message>
        <source>the map&apos;s picture has only {shown} colours</source>
        <translation>l&apos;image de la carte n&apos;a que {shown} couleurs</translation>
    </message>
    <message>
        <source>the model {id}</source>
        <translation>le modèle {id}</translation>
    </message>
    <message>
        <source>the name in row {number} is longer than {LONGEST_NAME} letters</source>
        <translation>le nom de la ligne {number} dépasse {LONGEST_NAME} lettres</translation>
    </message>
    <message>
        <source>the number of its CRS is {srs_id}</source>
        <translation>le numéro de son SCR est {srs_id}</translation>
    </message>
    <message>
        <source>the same with elevation as the fourth channel</source>
        <translation>le même avec l&apos;altitude comme quatrième canal</translation>
    </message>
    <message>
        <source>the same without elevation (100 epochs)</source>
        <translation>le même sans altitude (100 époques)</translation>
    </message>
    <message>
        <source>the same without elevation (50 epochs)</source>
        <translation>le même sans altitude (50 époques)</translation>
    </message>
    <message>
        <source>the same, small enough to learn on a processor</source>
        <translation>le même, assez petit pour apprendre sur un processeur</translation>
    </message>
    <message>
        <source>the sample plot&apos;s report written as HTML and PDF</source>
        <translation>le rapport de la placette d&apos;exemple écrit en HTML et en PDF</translation>
    </message>
    <message>
        <source>the self-test did not run: {str}</source>
        <translation>l&apos;autotest n&apos;a pas tourné : {str}</translation>
    </message>
    <message>
        <source>the self-test differs by {difference} of the known result</source>
        <translation>l&apos;autotest diffère de {difference} du résultat connu</translation>
    </message>
    <message>
        <source>the self-test ended the program</source>
        <translation>l&apos;autotest a mis fin au programme</translation>
    </message>
    <message>
        <source>the server answers {code}</source>
        <translation>le serveur répond {code}</translation>
    </message>
    <message>
        <source>the server goes on at another place</source>
        <translation>le serveur reprend à un autre endroit</translation>
    </message>
    <message>
        <source>the server&apos;s file is shorter than what is here</source>
        <translation>le fichier du serveur est plus court que ce qui est ici</translation>
    </message>
    <message>
        <source>the setting {name} is not a number</source>
        <translation>le réglage {name} n&apos;est pas un nombre</translation>
    </message>
    <message>
        <source>the species head</source>
        <translation>la tête d&apos;essences</translation>
    </message>
    <message>
        <source>the species were taught on {model_id} {model_key}, but installed is {key}</source>
        <translation>les essences ont été enseignées sur {model_id} {model_key}, mais {key} est installé</translation>
    </message>
    <message>
        <source>the task {values} is not one of {join}</source>
        <translation>la tâche {values} n&apos;est pas l&apos;une de {join}</translation>
    </message>
    <message>
        <source>the weights {name} are not all there</source>
        <translation>les poids {name} ne sont pas complets</translation>
    </message>
    <message>
        <source>the weights {name} lie at an impossible place</source>
        <translation>les poids {name} se trouvent à un endroit impossible</translation>
    </message>
    <message>
        <source>this plot&apos;s orthomosaic is {name}</source>
        <translation>l&apos;orthomosaïque de cette placette est {name}</translation>
    </message>
    <message>
        <source>tile {index} of {name}</source>
        <translation>tuile {index} de {name}</translation>
    </message>
    <message>
        <source>tile_px is not a whole number from 0 to {MAX_TILE_PX}</source>
        <translation>tile_px n&apos;est pas un nombre entier de 0 à {MAX_TILE_PX}</translation>
    </message>
    <message>
        <source>tiles</source>
        <translation>tuiles</translation>
    </message>
    <message>
        <source>train</source>
        <translation>entraînement</translation>
    </message>
    <message>
        <source>tree</source>
        <translation>arbre</translation>
    </message>
    <message>
        <source>tree fern</source>
        <translation>fougère arborescente</translation>
    </message>
    <message>
        <source>trees</source>
        <translation>arbres</translation>
    </message>
    <message>
        <source>two classes have the same name</source>
        <translation>deux classes ont le même nom</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>unknown species</source>
        <translation>essence inconnue</translation>
    </message>
    <message>
        <source>unreadable schema</source>
        <translation>schéma illisible</translation>
    </message>
    <message>
        <source>usage: birchtree COMMAND ...
birchtree: there is no command or file {word}.{hint}</source>
        <translation>usage : birchtree COMMAND ...
birchtree : il n&apos;y a ni commande ni fichier {word}.{hint}</translation>
    </message>
    <message>
        <source>use of elevation</source>
        <translation>emploi de l&apos;altitude</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>vérification</translation>
    </message>
    <message>
        <source>west</source>
        <translation>ouest</translation>
    </message>
    <message>
        <source>what suits few crowns</source>
        <translation>ce qui convient à peu de houppiers</translation>
    </message>
    <message>
        <source>what the paper of DINOvTree did (200 epochs)</source>
        <translation>ce que faisait l&apos;article de DINOvTree (200 époques)</translation>
    </message>
    <message>
        <source>what was taught on {model_id}</source>
        <translation>ce qui a été enseigné sur {model_id}</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>des nombres entiers</translation>
    </message>
    <message>
        <source>window of {size}{with_plot} painted ({platformName})</source>
        <translation>fenêtre de {size}{with_plot} dessinée ({platformName})</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>oui ou non</translation>
    </message>
    <message>
        <source>{TITLE} with a Segment Anything model</source>
        <translation>{TITLE} avec un modèle Segment Anything</translation>
    </message>
    <message>
        <source>{TITLE} with {title}</source>
        <translation>{TITLE} avec {title}</translation>
    </message>
    <message>
        <source>{absurd} heights are below 0 or above {MAX_HEIGHT_M} m and were left out: no tree is that tall. They may be elevations, or in another unit than metres.</source>
        <translation>{absurd} hauteurs sont négatives ou dépassent {MAX_HEIGHT_M} m et ont été laissées de côté : aucun arbre n&apos;est si haut. Ce sont peut-être des altitudes, ou une autre unité que le mètre.</translation>
    </message>
    <message>
        <source>{abs} cm east and {abs_2} cm north</source>
        <translation>{abs} cm à l&apos;est et {abs_2} cm au nord</translation>
    </message>
    <message>
        <source>{abs} cm east and {abs_2} cm south</source>
        <translation>{abs} cm à l&apos;est et {abs_2} cm au sud</translation>
    </message>
    <message>
        <source>{abs} cm west and {abs_2} cm north</source>
        <translation>{abs} cm à l&apos;ouest et {abs_2} cm au nord</translation>
    </message>
    <message>
        <source>{abs} cm west and {abs_2} cm south</source>
        <translation>{abs} cm à l&apos;ouest et {abs_2} cm au sud</translation>
    </message>
    <message>
        <source>{accuracy} % of {marks} marks named right by a head that had not seen them ({low} to {high} %); mean over species {value} %.</source>
        <translation>{accuracy} % de {marks} marques bien nommées par une tête qui ne les avait pas vues ({low} à {high} %) ; moyenne par essence {value} %.</translation>
    </message>
    <message>
        <source>{added} {crowns} added and {changed} changed from {name}.</source>
        <translation>{added} {crowns} ajoutés et {changed} changés depuis {name}.</translation>
    </message>
    <message>
        <source>{address} is no address.</source>
        <translation>{address} n&apos;est pas une adresse.</translation>
    </message>
    <message>
        <source>{away_m} km</source>
        <translation>{away_m} km</translation>
    </message>
    <message>
        <source>{count} areas</source>
        <translation>{count} zones</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} houppiers</translation>
    </message>
    <message>
        <source>{count} crowns are few: expect little, and figures that chance decides as much as the model.</source>
        <translation>{count} houppiers, c&apos;est peu : n&apos;en attendez pas beaucoup, et des chiffres que le hasard décide autant que le modèle.</translation>
    </message>
    <message>
        <source>{count} crowns are too few to tell what is usual; at least {least} are needed.</source>
        <translation>{count} houppiers sont trop peu pour dire ce qui est habituel ; il en faut au moins {least}.</translation>
    </message>
    <message>
        <source>{count} crowns of {name}</source>
        <translation>{count} houppiers de {name}</translation>
    </message>
    <message>
        <source>{count} crowns of {name} lie outside its complete areas and are left out.</source>
        <translation>{count} houppiers de {name} se trouvent hors de ses zones complètes et sont laissés de côté.</translation>
    </message>
    <message>
        <source>{count} of the {inside} crowns in the complete areas of {name} are proposals that nobody has looked at; they are taught as they are.</source>
        <translation>{count} des {inside} houppiers dans les zones complètes de {name} sont des propositions que personne n&apos;a regardées ; elles sont enseignées telles quelles.</translation>
    </message>
    <message>
        <source>{count} row</source>
        <translation>{count} ligne</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} lignes</translation>
    </message>
    <message>
        <source>{count} rows without a usable outline are left out (tree_id {some}).</source>
        <translation>{count} lignes sans contour utilisable sont laissées de côté (tree_id {some}).</translation>
    </message>
    <message>
        <source>{count} species taught on {id}</source>
        <translation>{count} essences enseignées sur {id}</translation>
    </message>
    <message>
        <source>{count} tiles with {crowns} crowns to learn from, {crowns_2} crowns for validation, {crowns_3} for the last examination.</source>
        <translation>{count} dalles avec {crowns} houppiers pour apprendre, {crowns_2} houppiers pour la validation, {crowns_3} pour le dernier examen.</translation>
    </message>
    <message>
        <source>{count} verified</source>
        <translation>{count} vérifiés</translation>
    </message>
    <message>
        <source>{count} with {name}</source>
        <translation>{count} avec {name}</translation>
    </message>
    <message>
        <source>{count} {proposals} carried over ({shaped} shaped anew)</source>
        <translation>{count} {proposals} reportés (dont {shaped} reformés)</translation>
    </message>
    <message>
        <source>{crowns} of {crowns_2} crowns are boxes: outlines are learned from the {drawn} that somebody drew, and where there are none of these nearby, from the boxes.</source>
        <translation>{crowns} houppiers sur {crowns_2} sont des rectangles : les contours s&apos;apprennent des {drawn} que quelqu&apos;un a dessinés et, là où il n&apos;y en a pas à proximité, des rectangles.</translation>
    </message>
    <message>
        <source>{crowns} {crowns_2} written to {path}.</source>
        <translation>{crowns} {crowns_2} écrits dans {path}.</translation>
    </message>
    <message>
        <source>{cut} texts are longer than a shapefile can hold and were cut; the GeoPackage has them whole.</source>
        <translation>{cut} textes sont plus longs qu&apos;un shapefile ne le permet et ont été coupés ; le GeoPackage les a en entier.</translation>
    </message>
    <message>
        <source>{dates} are not two days: write them as 2025-07-31.</source>
        <translation>{dates} ne sont pas deux dates : écrivez-les ainsi : 2025-07-31.</translation>
    </message>
    <message>
        <source>{error} is missing or wrong</source>
        <translation>{error} manque ou est faux</translation>
    </message>
    <message>
        <source>{failed} of {total} plots could not be done: {names}. The others are. Mend what the table says, then run the same command with --resume, which leaves finished plots as they are.</source>
        <translation>{failed} placettes sur {total} n&apos;ont pas pu être faites : {names}. Les autres le sont. Réparez ce que dit le tableau, puis relancez la même commande avec --resume, qui laisse telles quelles les placettes terminées.</translation>
    </message>
    <message>
        <source>{first} and {second} would go into the same project {output}. Name others in a list with a column output.</source>
        <translation>{first} et {second} iraient dans le même projet {output}. Nommez-en d&apos;autres dans une liste avec une colonne output.</translation>
    </message>
    <message>
        <source>{flat} of {count} tiles have no elevation (no DSM, or nothing but NaN in it).</source>
        <translation>{flat} dalles sur {count} n&apos;ont pas d&apos;altitude (pas de MNS, ou rien que des NaN).</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason}). Make room on the disk.</source>
        <translation>Écriture impossible dans {folder} ({reason}). Faites de la place sur le disque.</translation>
    </message>
    <message>
        <source>{folder} could not be deleted ({reason}). Close what uses it, then delete the folder.</source>
        <translation>{folder} n&apos;a pas pu être supprimé ({reason}). Fermez ce qui l&apos;emploie, puis supprimez le dossier.</translation>
    </message>
    <message>
        <source>{folder} holds no training set. Make one with `birchtree dataset`.</source>
        <translation>{folder} ne contient pas de jeu d&apos;entraînement. Faites-en un avec `birchtree dataset`.</translation>
    </message>
    <message>
        <source>{folder} holds no training that could be resumed. Begin one without --resume, or name its folder.</source>
        <translation>{folder} ne contient pas d&apos;entraînement à reprendre. Commencez-en un sans --resume, ou nommez son dossier.</translation>
    </message>
    <message>
        <source>{folder} is not an empty folder. A training set needs a folder of its own: name a new one.</source>
        <translation>{folder} n&apos;est pas un dossier vide. Un jeu d&apos;entraînement demande son propre dossier : nommez-en un nouveau.</translation>
    </message>
    <message>
        <source>{folder} is not an empty folder. Go on with the training in it with --resume, or name a new folder.</source>
        <translation>{folder} n&apos;est pas un dossier vide. Continuez l&apos;entraînement qui s&apos;y trouve avec --resume, ou nommez un nouveau dossier.</translation>
    </message>
    <message>
        <source>{folder} is there already and not empty. Choose another folder for the model.</source>
        <translation>{folder} existe déjà et n&apos;est pas vide. Choisissez un autre dossier pour le modèle.</translation>
    </message>
    <message>
        <source>{found_bytes} bytes instead of</source>
        <translation>{found_bytes} octets au lieu de</translation>
    </message>
    <message>
        <source>{head}: too little to matter for crowns {crown_m} m wide.</source>
        <translation>{head} : trop peu pour compter avec des houppiers de {crown_m} m de large.</translation>
    </message>
    <message>
        <source>{head}: {share} of a crown&apos;s width, which matters.</source>
        <translation>{head} : {share} de la largeur d&apos;un houppier, ce qui compte.</translation>
    </message>
    <message>
        <source>{head}; {there} were there already, {gone} are gone. {sentence}</source>
        <translation>{head} ; {there} y étaient déjà, {gone} ont disparu. {sentence}</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}. Check the network and run the command again; what has come is kept.</source>
        <translation>{host} est injoignable : {reason}. Vérifiez le réseau et relancez la commande ; ce qui est venu est conservé.</translation>
    </message>
    <message>
        <source>{host} gives this file only to people who have signed in or agreed to its terms (HTTP {status}). Fetch {url} with a browser, then run `birchtree models convert FILE`.</source>
        <translation>{host} ne donne ce fichier qu&apos;aux personnes connectées ou ayant accepté ses conditions (HTTP {status}). Téléchargez {url} avec un navigateur, puis lancez `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>{host} refuses to give the file (HTTP {status}). Try again later.</source>
        <translation>{host} refuse de donner le fichier (HTTP {status}). Réessayez plus tard.</translation>
    </message>
    <message>
        <source>{host} sends the download on to an address that is not safe to follow.</source>
        <translation>{host} renvoie le téléchargement à une adresse qu&apos;il n&apos;est pas sûr de suivre.</translation>
    </message>
    <message>
        <source>{host} stopped giving the file: {why}. {done} MB have come and are kept; run the command again to go on.</source>
        <translation>{host} a cessé d&apos;envoyer le fichier : {why}. {done} Mo sont venus et sont conservés ; relancez la commande pour continuer.</translation>
    </message>
    <message>
        <source>{int} outlines were changed after they were measured; measure them again.</source>
        <translation>{int} contours ont été changés après leur mesure ; mesurez-les de nouveau.</translation>
    </message>
    <message>
        <source>{join}; split by {split_by}, places: {places}.</source>
        <translation>{join} ; répartis par {split_by}, lieux : {places}.</translation>
    </message>
    <message>
        <source>{left_out} rows belong to other images and were left out.</source>
        <translation>{left_out} lignes appartiennent à d&apos;autres images et ont été laissées de côté.</translation>
    </message>
    <message>
        <source>{left} holds {left_kind} and {right} holds {right_kind}: they cannot be compared (character {at}).</source>
        <translation>{left} contient {left_kind} et {right} contient {right_kind} : ils ne peuvent pas être comparés (caractère {at}).</translation>
    </message>
    <message>
        <source>{marks} marks: too few to check with; mark at least two crowns of each species.</source>
        <translation>{marks} marques : trop peu pour vérifier ; marquez au moins deux houppiers de chaque essence.</translation>
    </message>
    <message>
        <source>{measured} crowns measured, {heights}; {up_to_date} were up to date.</source>
        <translation>{measured} houppiers mesurés, {heights} ; {up_to_date} étaient à jour.</translation>
    </message>
    <message>
        <source>{minutes} minutes cannot be: use more than 0.</source>
        <translation>{minutes} minutes ne sont pas possibles : plus de 0.</translation>
    </message>
    <message>
        <source>{missing} is not among the providers that are installed</source>
        <translation>{missing} n&apos;est pas parmi les moteurs installés</translation>
    </message>
    <message>
        <source>{model_id} gives nothing to teach on: no crown could be read, or the model makes no embeddings. Try --model {plain}.</source>
        <translation>{model_id} ne donne rien sur quoi enseigner : aucun houppier n&apos;a pu être lu, ou le modèle ne fait pas de descripteurs. Essayez --model {plain}.</translation>
    </message>
    <message>
        <source>{model_id} in {where} cannot be a model&apos;s id. An id has up to 64 small letters, digits, dots, dashes and underscores, and is not that of a built-in method.</source>
        <translation>{model_id} dans {where} ne peut pas être l&apos;identifiant d&apos;un modèle. Un identifiant a au plus 64 minuscules, chiffres, points, tirets et traits de soulignement, et n&apos;est pas celui d&apos;une méthode intégrée.</translation>
    </message>
    <message>
        <source>{model} does not know {names}, which grow on this plot: it will call them something else. Teach it with `birchtree species teach`.</source>
        <translation>{model} ne connaît pas {names}, qui poussent sur cette placette : il leur donnera un autre nom. Enseignez-les-lui avec `birchtree species teach`.</translation>
    </message>
    <message>
        <source>{model} has read all {up_to_date} crowns before; nothing to do.</source>
        <translation>{model} a déjà lu les {up_to_date} houppiers ; rien à faire.</translation>
    </message>
    <message>
        <source>{model} was trained at: {site}. Elsewhere its probabilities are too high; check some crowns of each species, or teach it with `birchtree species teach`.</source>
        <translation>{model} a été entraîné sur : {site}. Ailleurs, ses probabilités sont trop hautes ; vérifiez quelques houppiers de chaque essence, ou instruisez-le avec `birchtree species teach`.</translation>
    </message>
    <message>
        <source>{model} was trained on pictures of {trained:.1f} cm a cell; this orthomosaic has {here:.1f} cm, so leaves and twigs that it looks for cannot be seen. Its species and heights are guesses here.</source>
        <translation>{model} a été entraîné sur des images de {trained:.1f} cm par cellule ; cette orthomosaïque a {here:.1f} cm : les feuilles et rameaux qu&apos;il cherche n&apos;y sont pas visibles. Ses essences et hauteurs sont ici des suppositions.</translation>
    </message>
    <message>
        <source>{named} got a species</source>
        <translation>{named} ont reçu une essence</translation>
    </message>
    <message>
        <source>{name} cannot be made in {folder}: the folder is missing or write-protected. Choose another folder.</source>
        <translation>{name} ne peut pas être créé dans {folder} : le dossier manque ou est protégé en écriture. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{name} cannot be opened as a raster: {reason}. Choose a GeoTIFF, or copy or export the file again.</source>
        <translation>{name} ne peut pas être ouvert comme raster : {reason}. Choisissez un GeoTIFF, ou copiez ou exportez le fichier de nouveau.</translation>
    </message>
    <message>
        <source>{name} cannot be opened: {why}.</source>
        <translation>{name} ne peut pas être ouvert : {why}.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}). Check that it is there and that you may open it.</source>
        <translation>{name} est illisible ({reason}). Vérifiez qu&apos;il est là et que vous pouvez l&apos;ouvrir.</translation>
    </message>
    <message>
        <source>{name} cannot be read as JSON ({reason}). Export it again.</source>
        <translation>{name} est illisible en tant que JSON ({reason}). Exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} cannot be read as a vector file ({reason}). Open it in a GIS and save it as GeoPackage or shapefile.</source>
        <translation>{name} est illisible en tant que fichier vectoriel ({reason}). Ouvrez-le dans un SIG et enregistrez-le en GeoPackage ou en shapefile.</translation>
    </message>
    <message>
        <source>{name} cannot be read: the file is damaged or cut off ({reason}). Copy or export it again.</source>
        <translation>{name} est illisible : le fichier est endommagé ou tronqué ({reason}). Copiez-le ou exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} cannot be written in {folder} ({reason}). Close it in other programs, or choose another folder.</source>
        <translation>{name} ne peut pas être écrit dans {folder} ({reason}). Fermez-le dans les autres programmes, ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{name} cannot be written: it or its folder is write-protected.</source>
        <translation>{name} ne peut pas être écrit : le fichier ou son dossier est protégé en écriture.</translation>
    </message>
    <message>
        <source>{name} claims to have {width} x {height} pixels in {bands} bands, more than any survey ({side} a side, {bands_limit} bands). The file is damaged, or the export went wrong: make it again.</source>
        <translation>{name} prétend avoir {width} x {height} pixels en {bands} bandes, plus qu&apos;aucun relevé ({side} de côté, {bands_limit} bandes). Le fichier est endommagé, ou l&apos;exportation a échoué : refaites-la.</translation>
    </message>
    <message>
        <source>{name} claims {width} x {height} pixels in {bands} bands, far more than a tile of a training set.</source>
        <translation>{name} prétend avoir {width} x {height} pixels en {bands} bandes, bien plus qu&apos;une tuile d&apos;un jeu d&apos;entraînement.</translation>
    </message>
    <message>
        <source>{name} comes without its .shx file. A shapefile is several files: copy all of them ({stem}.shp, .shx, .dbf, .prj) into one folder.</source>
        <translation>{name} vient sans son fichier .shx. Un shapefile se compose de plusieurs fichiers : copiez-les tous ({stem}.shp, .shx, .dbf, .prj) dans un même dossier.</translation>
    </message>
    <message>
        <source>{name} could not be written ({reason}). The older file, if any, is unchanged.</source>
        <translation>{name} n&apos;a pas pu être écrit ({reason}). L&apos;ancien fichier, s&apos;il y en a un, est inchangé.</translation>
    </message>
    <message>
        <source>{name} counts in pixels of {images}, not in map coordinates, and {own}. Export the crowns with map coordinates (shapefile, GeoPackage or GeoJSON in the CRS of the orthomosaic).</source>
        <translation>{name} compte en pixels de {images}, non en coordonnées cartographiques, et {own}. Exportez les houppiers en coordonnées cartographiques (shapefile, GeoPackage ou GeoJSON dans le SCR de l&apos;orthomosaïque).</translation>
    </message>
    <message>
        <source>{name} counts pixels in a {width} x {height} version of {image}, but the orthomosaic here has {own_width} x {own_height}. Export the crowns again with map coordinates.</source>
        <translation>{name} compte les pixels d&apos;une version de {width} x {height} de {image}, mais l&apos;orthomosaïque d&apos;ici a {own_width} x {own_height}. Exportez de nouveau les houppiers en coordonnées cartographiques.</translation>
    </message>
    <message>
        <source>{name} does not hold outlines itself but stands for another file or a web service, which is not opened. Open it in a GIS and save it as GeoPackage or shapefile.</source>
        <translation>{name} ne contient pas lui-même de contours mais renvoie à un autre fichier ou à un service web, qui n&apos;est pas ouvert. Ouvrez-le dans un SIG et enregistrez-le en GeoPackage ou en shapefile.</translation>
    </message>
    <message>
        <source>{name} does not name its CRS rightly; its coordinates fit the plot&apos;s CRS and are taken so.</source>
        <translation>{name} ne nomme pas bien son SCR ; ses coordonnées concordent avec le SCR de la placette et sont prises ainsi.</translation>
    </message>
    <message>
        <source>{name} does not say in which CRS it is, and its coordinates ({left:.0f}, {bottom:.0f}) do not lie on the plot. Set its CRS in your GIS and save it again.</source>
        <translation>{name} ne dit pas dans quel SCR il est, et ses coordonnées ({left:.0f}, {bottom:.0f}) ne tombent pas sur la placette. Indiquez son SCR dans votre SIG et enregistrez-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} does not say where on the map it lies (no geotransform, CRS or control points). Export it again as a GeoTIFF with georeference, or put its world file (.tfw) beside it.</source>
        <translation>{name} ne dit pas où il se trouve sur la carte (ni géotransformation, ni SCR, ni points de contrôle). Exportez-le de nouveau en GeoTIFF géoréférencé, ou mettez son fichier .tfw à côté de lui.</translation>
    </message>
    <message>
        <source>{name} ends in {suffix}, which is no export format. Choose one of: {known}.</source>
        <translation>{name} se termine par {suffix}, qui n&apos;est pas un format d&apos;exportation. Choisissez parmi : {known}.</translation>
    </message>
    <message>
        <source>{name} gives its pixels a size or a place that cannot be ({numbers}). Export it again.</source>
        <translation>{name} donne à ses pixels une taille ou un lieu impossibles ({numbers}). Exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} has a {colour} border that it does not declare as nodata; it is left out.</source>
        <translation>{name} a une bordure ({colour}) qu&apos;il ne déclare pas comme sans données ; elle est laissée de côté.</translation>
    </message>
    <message>
        <source>{name} has been closed.</source>
        <translation>{name} a été fermé.</translation>
    </message>
    <message>
        <source>{name} has control points instead of a geotransform and is straightened as it is read. Positions are as good as these points.</source>
        <translation>{name} a des points de contrôle au lieu d&apos;une géotransformation et est redressé à la lecture. Les positions valent ce que valent ces points.</translation>
    </message>
    <message>
        <source>{name} has neither a column WKT with outlines nor boxes in xmin, ymin, xmax, ymax. Its columns are: {columns}. Export the crowns with their geometry as WKT.</source>
        <translation>{name} n&apos;a ni colonne WKT avec des contours, ni rectangles en xmin, ymin, xmax, ymax. Ses colonnes sont : {columns}. Exportez les houppiers avec leur géométrie en WKT.</translation>
    </message>
    <message>
        <source>{name} has no complete area, so nothing of it is learned: only inside one is it known that what is no crown is background. Mark an area in which every crown is outlined, or say that the whole plot is reviewed.</source>
        <translation>{name} n&apos;a pas de zone complète ; rien n&apos;en est donc appris : c&apos;est seulement là qu&apos;on sait que tout ce qui n&apos;est pas houppier est du fond. Marquez une zone où chaque houppier est délimité, ou dites que toute la placette est révisée.</translation>
    </message>
    <message>
        <source>{name} has no complete area. Draw one in the window (Shift+A), or give a file with polygons.</source>
        <translation>{name} n&apos;a pas de zone complète. Dessinez-en une dans la fenêtre (Maj+A), ou donnez un fichier de polygones.</translation>
    </message>
    <message>
        <source>{name} has no crowns yet, so it teaches nothing.</source>
        <translation>{name} n&apos;a pas encore de houppiers et n&apos;enseigne donc rien.</translation>
    </message>
    <message>
        <source>{name} has only {width} x {height} pixels. Choose the full-size raster, not a placeholder.</source>
        <translation>{name} n&apos;a que {width} x {height} pixels. Choisissez le raster en pleine taille, non un substitut.</translation>
    </message>
    <message>
        <source>{name} has {count} bands; bands {wanted} cannot be shown. Choose one band, or three for red, green and blue, each between 1 and {count}.</source>
        <translation>{name} a {count} bandes ; les bandes {wanted} ne peuvent pas être affichées. Choisissez une bande, ou trois pour le rouge, le vert et le bleu, chacune entre 1 et {count}.</translation>
    </message>
    <message>
        <source>{name} holds complex numbers (radar data). Choose an orthomosaic or elevation model.</source>
        <translation>{name} contient des nombres complexes (données radar). Choisissez une orthomosaïque ou un modèle d&apos;altitude.</translation>
    </message>
    <message>
        <source>{name} holds no polygons, so there are no crowns in it. Choose a file with outlines; points and lines cannot become crowns.</source>
        <translation>{name} ne contient pas de polygones et donc pas de houppiers. Choisissez un fichier de contours ; des points et des lignes ne peuvent pas devenir des houppiers.</translation>
    </message>
    <message>
        <source>{name} holds no raster band itself (it may be a container of several rasters). Export one as a GeoTIFF.</source>
        <translation>{name} ne contient pas lui-même de bande (c&apos;est peut-être un conteneur de plusieurs rasters). Exportez-en un en GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} holds numbers of a colour table instead of colours. Export it as RGB (in QGIS: Raster &gt; Conversion &gt; PCT to RGB).</source>
        <translation>{name} contient les numéros d&apos;une palette au lieu de couleurs. Exportez-le en RVB (dans QGIS : Raster &gt; Conversion &gt; PCT vers RVB).</translation>
    </message>
    <message>
        <source>{name} holds {count} rows, more than the {limit} that are read at once. Cut it to the plot in a GIS.</source>
        <translation>{name} contient {count} lignes, plus que les {limit} lues d&apos;un coup. Découpez-le sur la placette dans un SIG.</translation>
    </message>
    <message>
        <source>{name} holds {size} MB, more than the {limit} MB that are read at once. Cut it to the plot in a GIS.</source>
        <translation>{name} contient {size} Mo, plus que les {limit} Mo lus d&apos;un coup. Découpez-le sur la placette dans un SIG.</translation>
    </message>
    <message>
        <source>{name} is a picture ({bands} bands of 8 bit), not an elevation model. Choose the DSM or DTM of the survey: one band of heights.</source>
        <translation>{name} est une image ({bands} bandes de 8 bits), non un modèle d&apos;altitude. Choisissez le MNS ou le MNT du relevé : une bande de hauteurs.</translation>
    </message>
    <message>
        <source>{name} is a training checkpoint, not a finished model; nothing of it was run. Convert it with `birchtree models convert {name}`, which also installs it.</source>
        <translation>{name} est un checkpoint d&apos;entraînement, non un modèle fini ; rien n&apos;en a été exécuté. Convertissez-le avec `birchtree models convert {name}`, qui l&apos;installe aussi.</translation>
    </message>
    <message>
        <source>{name} is a virtual raster (VRT) that is not opened: {why}. Make it again from raster files, or export it as a GeoTIFF.</source>
        <translation>{name} est un raster virtuel (VRT) qui n&apos;est pas ouvert : {why}. Refaites-le à partir de fichiers raster, ou exportez-le en GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} is cut off or is no ONNX file ({reason}), so nothing of it was run. Get it again.</source>
        <translation>{name} est tronqué ou n&apos;est pas un fichier ONNX ({reason}) ; rien n&apos;en a donc été exécuté. Procurez-vous-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} is damaged ({why}). Take a copy from your backup; if there is none, QGIS may still read part of it.</source>
        <translation>{name} est endommagé ({why}). Prenez une copie de votre sauvegarde ; à défaut, QGIS pourra peut-être en lire une partie.</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes): it was never written or was lost in copying. Fetch it again from where it came, or start a new project from the orthomosaic.</source>
        <translation>{name} est vide (0 octet) : il n&apos;a jamais été écrit ou s&apos;est perdu à la copie. Reprenez-le là d&apos;où il vient, ou commencez un nouveau projet à partir de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>{name} is encrypted or packed in an unusual way</source>
        <translation>{name} est chiffré ou empaqueté d&apos;une façon inhabituelle</translation>
    </message>
    <message>
        <source>{name} is in degrees ({source}); it is shown and measured in {crs}.</source>
        <translation>{name} est en degrés ({source}) ; l&apos;affichage et la mesure se font en {crs}.</translation>
    </message>
    <message>
        <source>{name} is in use by another program. Close it there, or try again soon.</source>
        <translation>{name} est employé par un autre programme. Fermez-le là-bas, ou réessayez bientôt.</translation>
    </message>
    <message>
        <source>{name} is in {crs_name}; its coordinates are taken as the plot&apos;s own.</source>
        <translation>{name} est en {crs_name} ; ses coordonnées sont prises pour celles de la placette.</translation>
    </message>
    <message>
        <source>{name} is in {source} and the plot in {target}: there is no way from one to the other, and the coordinates as they are do not lie on the plot. Export the crowns in the CRS of the orthomosaic.</source>
        <translation>{name} est en {source} et la placette en {target} : il n&apos;y a pas de passage de l&apos;un à l&apos;autre, et les coordonnées telles quelles ne tombent pas sur la placette. Exportez les houppiers dans le SCR de l&apos;orthomosaïque.</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>{name} manque</translation>
    </message>
    <message>
        <source>{name} is neither true nor false</source>
        <translation>{name} n&apos;est ni vrai ni faux</translation>
    </message>
    <message>
        <source>{name} is no table that this can write. End its name in .csv or .gpkg.</source>
        <translation>{name} n&apos;est pas un tableau qui puisse être écrit. Terminez son nom par .csv ou .gpkg.</translation>
    </message>
    <message>
        <source>{name} is not a BirchTree project ({suffix} file). Open its orthomosaic instead, or choose a project.</source>
        <translation>{name} n&apos;est pas un projet BirchTree (fichier {suffix}). Ouvrez plutôt son orthomosaïque, ou choisissez un projet.</translation>
    </message>
    <message>
        <source>{name} is not a BirchTree project, though another program may open it. Open the orthomosaic of its plot, then import {name} as crowns.</source>
        <translation>{name} n&apos;est pas un projet BirchTree, même si un autre programme peut l&apos;ouvrir. Ouvrez l&apos;orthomosaïque de sa placette, puis importez {name} comme houppiers.</translation>
    </message>
    <message>
        <source>{name} is not a length in metres</source>
        <translation>{name} n&apos;est pas une longueur en mètres</translation>
    </message>
    <message>
        <source>{name} is not text</source>
        <translation>{name} n&apos;est pas du texte</translation>
    </message>
    <message>
        <source>{name} is one of the files compared, which the layers would destroy. Choose another name for --layers.</source>
        <translation>{name} est un des fichiers comparés, que les couches détruiraient. Choisissez un autre nom pour --layers.</translation>
    </message>
    <message>
        <source>{name} is one of the files of this plot, which the report would replace. Choose another name.</source>
        <translation>{name} est un des fichiers de cette placette, que le rapport remplacerait. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{name} is open for reading only: {why}. Save a copy where you may write, and work on that.</source>
        <translation>{name} est ouvert en lecture seule : {why}. Enregistrez une copie là où vous pouvez écrire, et travaillez sur elle.</translation>
    </message>
    <message>
        <source>{name} is stored in pieces of {size} MB, each of which must be unpacked whole (the limit is {limit} MB). Export it as a tiled GeoTIFF.</source>
        <translation>{name} est rangé en morceaux de {size} Mo, dont chacun doit être décompressé en entier (la limite est de {limit} Mo). Exportez-le en GeoTIFF tuilé.</translation>
    </message>
    <message>
        <source>{name} is the name of a BirchTree project, which an export would destroy. Choose another name.</source>
        <translation>{name} est le nom d&apos;un projet BirchTree, qu&apos;une exportation détruirait. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{name} is there already and no export of BirchTree, so the GeoPackage twin was not written.</source>
        <translation>{name} existe déjà et n&apos;est pas une exportation de BirchTree ; le GeoPackage jumeau n&apos;a donc pas été écrit.</translation>
    </message>
    <message>
        <source>{name} is used{forced}</source>
        <translation>{name} est employé{forced}</translation>
    </message>
    <message>
        <source>{name} leads out of the set&apos;s folder</source>
        <translation>{name} mène hors du dossier du jeu</translation>
    </message>
    <message>
        <source>{name} leads to {target}, which is no file on this computer&apos;s disks. BirchTree opens nothing over the network; copy the raster to a folder and choose it there.</source>
        <translation>{name} mène à {target}, qui n&apos;est pas un fichier des disques de cet ordinateur. BirchTree n&apos;ouvre rien par le réseau ; copiez le raster dans un dossier et choisissez-le là.</translation>
    </message>
    <message>
        <source>{name} looks like COCO but does not follow it ({reason}). Export it again from its program.</source>
        <translation>{name} ressemble à du COCO mais ne le respecte pas ({reason}). Exportez-le de nouveau de son programme.</translation>
    </message>
    <message>
        <source>{name} names no coordinate reference system. Its units are taken as metres, and exported files will have none.</source>
        <translation>{name} ne nomme pas de système de coordonnées. Ses unités sont prises pour des mètres, et les fichiers exportés n&apos;en auront pas.</translation>
    </message>
    <message>
        <source>{name} shows nothing: every pixel is black, white or marked as missing. Export the orthomosaic again.</source>
        <translation>{name} ne montre rien : chaque pixel est noir, blanc ou marqué comme manquant. Exportez l&apos;orthomosaïque de nouveau.</translation>
    </message>
    <message>
        <source>{name} was made by a newer BirchTree (file version {version}; this program reads up to {known}). Update BirchTree to open it; the file was not changed.</source>
        <translation>{name} vient d&apos;une version plus récente de BirchTree (version de fichier {version} ; ce programme lit jusqu&apos;à {known}). Mettez BirchTree à jour pour l&apos;ouvrir ; le fichier n&apos;a pas été changé.</translation>
    </message>
    <message>
        <source>{name} was made by a trial version of BirchTree (file version {version}) that can no longer be read. QGIS still opens its crowns; export them there and import them into a new project.</source>
        <translation>{name} vient d&apos;une version d&apos;essai de BirchTree (version de fichier {version}) qui ne peut plus être lue. QGIS ouvre encore ses houppiers ; exportez-les de là et importez-les dans un nouveau projet.</translation>
    </message>
    <message>
        <source>{name} was moved, replaced or deleted by another program while it was open, so this change was not made. What was done before is in the file that was opened: open it where it is now. If it was deleted, save a copy before you close the plot.</source>
        <translation>{name} a été déplacé, remplacé ou supprimé par un autre programme pendant qu&apos;il était ouvert ; cette modification n&apos;a donc pas été faite. Ce qui a été fait avant se trouve dans le fichier ouvert : ouvrez-le là où il est maintenant. S&apos;il a été supprimé, enregistrez une copie avant de fermer la placette.</translation>
    </message>
    <message>
        <source>{name} was not closed properly, and its latest edits wait in {log}. Copy both to a folder where you may write, and open the copy.</source>
        <translation>{name} n&apos;a pas été fermé correctement, et ses dernières modifications attendent dans {log}. Copiez les deux dans un dossier où vous pouvez écrire, et ouvrez la copie.</translation>
    </message>
    <message>
        <source>{name} would grow more than {MAX_SWELLING} times</source>
        <translation>{name} grossirait plus de {MAX_SWELLING} fois</translation>
    </message>
    <message>
        <source>{name} {get} instead of {ours}</source>
        <translation>{name} {get} au lieu de {ours}</translation>
    </message>
    <message>
        <source>{name}, of which it is made, is no file on this computer</source>
        <translation>{name}, dont il est fait, n&apos;est pas un fichier de cet ordinateur</translation>
    </message>
    <message>
        <source>{n} of several parts: the largest part was kept.</source>
        <translation>{n} en plusieurs parties : la plus grande a été gardée.</translation>
    </message>
    <message>
        <source>{n} that are no polygons left out.</source>
        <translation>{n} sans polygone laissées de côté.</translation>
    </message>
    <message>
        <source>{n} wholly outside the plot left out.</source>
        <translation>{n} entièrement hors de la placette laissées de côté.</translation>
    </message>
    <message>
        <source>{n} with a self-crossing outline repaired.</source>
        <translation>{n} au contour croisé réparées.</translation>
    </message>
    <message>
        <source>{n} without an outline left out.</source>
        <translation>{n} sans contour laissées de côté.</translation>
    </message>
    <message>
        <source>{option} belongs to a run of a trait model. Name one with --model; `birchtree models list` shows them.</source>
        <translation>{option} va avec un modèle de caractères. Nommez-en un avec --model ; `birchtree models list` les montre.</translation>
    </message>
    <message>
        <source>{ortho} or its elevation is not the same file there (size, time of change or content differ).</source>
        <translation>{ortho} ou son altitude n&apos;est pas là-bas le même fichier (taille, date de changement ou contenu diffèrent).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}).</source>
        <translation>{path} est illisible ({error}).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Check that you may open it, and that its disk is still connected.</source>
        <translation>{path} est illisible ({reason}). Vérifiez que vous pouvez l&apos;ouvrir, et que son disque est encore branché.</translation>
    </message>
    <message>
        <source>{path} cannot be read because of the exclamation mark in its name or folder. Rename it.</source>
        <translation>{path} est illisible à cause du point d&apos;exclamation dans son nom ou son dossier. Renommez-le.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {why}.</source>
        <translation>{path} est illisible : {why}.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {why}. Make the training set again with `birchtree dataset`.</source>
        <translation>{path} ne peut pas être employé : {why}. Refaites le jeu d&apos;entraînement avec `birchtree dataset`.</translation>
    </message>
    <message>
        <source>{path} exists already. Open it, or choose another name.</source>
        <translation>{path} existe déjà. Ouvrez-le, ou choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{path} holds the crowns of another orthomosaic ({recorded}). Choose another file for {ortho}.</source>
        <translation>{path} contient les houppiers d&apos;une autre orthomosaïque ({recorded}). Choisissez un autre fichier pour {ortho}.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a BirchTree project.</source>
        <translation>{path} est un dossier, non un projet BirchTree.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged.</source>
        <translation>{path} manque ou est endommagé.</translation>
    </message>
    <message>
        <source>{places} places</source>
        <translation>{places} lieux</translation>
    </message>
    <message>
        <source>{place} has no model card, so BirchTree cannot know what it does; nothing of it was run. Add a model that BirchTree made, or convert the original checkpoint with `birchtree models convert`.</source>
        <translation>{place} n&apos;a pas de fiche de modèle ; BirchTree ne peut donc pas savoir ce qu&apos;il fait ; rien n&apos;en a été exécuté. Ajoutez un modèle que BirchTree a fait, ou convertissez le checkpoint d&apos;origine avec `birchtree models convert`.</translation>
    </message>
    <message>
        <source>{plot} can only be read ({why}). Use --dry-run, or make it writable.</source>
        <translation>{plot} est en lecture seule ({why}). Employez --dry-run, ou permettez d&apos;y écrire.</translation>
    </message>
    <message>
        <source>{provider} is offered but not used: {fault}</source>
        <translation>{provider} est offert mais n&apos;est pas employé : {fault}</translation>
    </message>
    <message>
        <source>{read} crowns read by {model}</source>
        <translation>{read} houppiers lus par {model}</translation>
    </message>
    <message>
        <source>{sentence} (The worker at {worker} said so, at {title}.)</source>
        <translation>{sentence} (C&apos;est ce qu&apos;a dit l&apos;ouvrier {worker}, à {title}.)</translation>
    </message>
    <message>
        <source>{spared} crowns that the export did not have yet, or left out, stay as they are.</source>
        <translation>{spared} houppiers que l&apos;exportation n&apos;avait pas encore, ou a laissés de côté, restent tels quels.</translation>
    </message>
    <message>
        <source>{split} Nobody has looked at {unreviewed} of these crowns: what a model proposed is taught as if a person had drawn it.</source>
        <translation>{split} Personne n&apos;a regardé {unreviewed} de ces houppiers : ce qu&apos;un modèle a proposé est appris comme si une personne l&apos;avait dessiné.</translation>
    </message>
    <message>
        <source>{split} Nothing is left for validation, so training cannot tell when to stop: add plots, or use smaller blocks.</source>
        <translation>{split} Il ne reste rien pour la validation ; l&apos;entraînement ne peut donc pas savoir quand s&apos;arrêter : ajoutez des placettes, ou prenez de plus petits blocs.</translation>
    </message>
    <message>
        <source>{split} of {name}</source>
        <translation>{split} de {name}</translation>
    </message>
    <message>
        <source>{stated} is no SHA-256: that has 64 digits and letters a to f.</source>
        <translation>{stated} n&apos;est pas un SHA-256 : celui-ci a 64 chiffres et lettres de a à f.</translation>
    </message>
    <message>
        <source>{steps} steps fit into {minutes} minutes on this computer.</source>
        <translation>{steps} pas tiennent en {minutes} minutes sur cet ordinateur.</translation>
    </message>
    <message>
        <source>{sum} crowns of {name}</source>
        <translation>{sum} houppiers de {name}</translation>
    </message>
    <message>
        <source>{tiles} tiles with {crowns} crowns for {split}</source>
        <translation>{tiles} tuiles avec {crowns} houppiers pour {split}</translation>
    </message>
    <message>
        <source>{title} comes with BirchTree and cannot be changed. Give your list another name.</source>
        <translation>{title} est fourni avec BirchTree et ne peut pas être changé. Donnez un autre nom à votre liste.</translation>
    </message>
    <message>
        <source>{title} ended one worker after the other, so it is not tried again. Most often their memory is not enough: give them more with `dask worker --memory-limit`, or fewer threads with --nthreads 1. {resume} (Dask says: {reason})</source>
        <translation>{title} a mis fin à un ouvrier après l&apos;autre et n&apos;est donc plus essayé. Le plus souvent, leur mémoire ne suffit pas : donnez-leur-en plus avec `dask worker --memory-limit`, ou moins de fils avec --nthreads 1. {resume} (Dask dit : {reason})</translation>
    </message>
    <message>
        <source>{title}, {size_bytes} MB from {host}; licence: {title_2}</source>
        <translation>{title}, {size_bytes} Mo depuis {host} ; licence : {title_2}</translation>
    </message>
    <message>
        <source>{url} is not fetched: only addresses that begin with https:// are safe.</source>
        <translation>{url} n&apos;est pas téléchargé : seules les adresses qui commencent par https:// sont sûres.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which is true or false.</source>
        <translation>{value} n&apos;est pas une valeur pour {name}, qui est true ou false.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which must be a number {least}.</source>
        <translation>{value} n&apos;est pas une valeur pour {name}, qui doit être un nombre {least}.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which must be a whole number.</source>
        <translation>{value} n&apos;est pas une valeur pour {name}, qui doit être un nombre entier.</translation>
    </message>
    <message>
        <source>{value} {name} cannot be: use 1 or more.</source>
        <translation>{value} {name} n&apos;est pas possible : 1 ou plus.</translation>
    </message>
    <message>
        <source>{verb} {what} by {amount} m</source>
        <translation>{verb} {what} de {amount} m</translation>
    </message>
    <message>
        <source>{what} cannot be used: {why}. Nothing of it was run. Teach it again, or get it again from whoever made it.</source>
        <translation>Inutilisable : {what} ({why}). Rien n&apos;en a été exécuté. Enseignez de nouveau, ou demandez à l&apos;auteur.</translation>
    </message>
    <message>
        <source>{what} has no weights that training could go on from. Name a crowns model that BirchTree trained, the folder of an earlier training, or leave out --from.</source>
        <translation>{what} n&apos;a pas de poids à partir desquels l&apos;entraînement pourrait continuer. Nommez un modèle de houppiers que BirchTree a entraîné, le dossier d&apos;un entraînement antérieur, ou omettez --from.</translation>
    </message>
    <message>
        <source>{who} does not understand its options: {line}</source>
        <translation>{who} ne comprend pas ses options : {line}</translation>
    </message>
    <message>
        <source>{who} ended with {exit_code}: {message}</source>
        <translation>{who} s&apos;est terminé avec {exit_code} : {message}</translation>
    </message>
    <message>
        <source>{who} was ended by the system (signal {signal}), most often because memory ran out. Close other programs, or do this on a larger computer and bring the model&apos;s folder here.</source>
        <translation>{who} a été arrêté par le système (signal {signal}), le plus souvent faute de mémoire. Fermez d&apos;autres programmes, ou faites ce travail sur un ordinateur plus puissant et apportez ici le dossier du modèle.</translation>
    </message>
    <message>
        <source>{width} x {height} px</source>
        <translation>{width} x {height} px</translation>
    </message>
    <message>
        <source>{with_height} with a height ({height_source})</source>
        <translation>{with_height} avec une hauteur ({height_source})</translation>
    </message>
    <message>
        <source>{without_picture} have no picture</source>
        <translation>{without_picture} n&apos;ont pas d&apos;image</translation>
    </message>
    <message>
        <source>{work} needs PyTorch, which comes in a pack of its own, and is not installed. Download the training pack of BirchTree {version} and run the script in it (docs/packaging.md); or do it on another computer and bring the model&apos;s folder here with `birchtree models add`. It was looked for in {folder}.</source>
        <translation>{work} demande PyTorch, qui vient dans un paquet à part et n&apos;est pas installé. Téléchargez le paquet d&apos;entraînement de BirchTree {version} et lancez le script qu&apos;il contient (docs/packaging.md) ; ou faites ce travail sur un autre ordinateur et apportez ici le dossier du modèle avec `birchtree models add`. Il a été cherché dans {folder}.</translation>
    </message>
    <message>
        <source>{work} needs PyTorch, which this installation lacks ({missing}). Install it once, with `make setup-all` in the folder of BirchTree&apos;s source; or do it on another computer and bring the model&apos;s folder here with `birchtree models add`.</source>
        <translation>{work} demande PyTorch, qui manque à cette installation ({missing}). Installez-le une fois avec `make setup-all` dans le dossier des sources de BirchTree ; ou faites ce travail sur un autre ordinateur et apportez ici le dossier du modèle avec `birchtree models add`.</translation>
    </message>
    <message>
        <source>{work} needs PyTorch. The training pack in {folder} was made for BirchTree {version}, not for this one. Install the training pack of this version; your own models and training sets stay.</source>
        <translation>{work} demande PyTorch. Le paquet d&apos;entraînement de {folder} a été fait pour BirchTree {version}, non pour celui-ci. Installez le paquet d&apos;entraînement de cette version ; vos modèles et vos jeux d&apos;entraînement restent.</translation>
    </message>
    <message>
        <source>“between” needs two values: between 10 and 20</source>
        <translation>« between » demande deux valeurs : between 10 and 20</translation>
    </message>
    <message>
        <source>“in” needs a list in brackets: in (&apos;a&apos;, &apos;b&apos;)</source>
        <translation>« in » demande une liste entre parenthèses : in (&apos;a&apos;, &apos;b&apos;)</translation>
    </message>
    <message>
        <source>“{name}” can no longer be {what}, because crown {tree_id} was changed by another program since.</source>
        <translation>« {name} » ne peut plus être {what}, car le houppier {tree_id} a été changé depuis par un autre programme.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: another program left a row {tree_id} without an outline in the file.</source>
        <translation>« {name} » est impossible : un autre programme a laissé dans le fichier une ligne {tree_id} sans contour.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: crown {tree_id} is no longer there. Look at the map again and repeat it.</source>
        <translation>« {name} » est impossible : le houppier {tree_id} n&apos;est plus là. Regardez de nouveau la carte et recommencez.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: crown {tree_id} was changed meanwhile. Look at it again and repeat the step.</source>
        <translation>« {name} » est impossible : le houppier {tree_id} a été changé entre-temps. Regardez-le de nouveau et recommencez.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: there is already a crown {tree_id}. Take a fresh id and try again.</source>
        <translation>« {name} » est impossible : il y a déjà un houppier {tree_id}. Prenez un nouveau numéro et réessayez.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: {what} {number} was changed meanwhile. Look at it again and repeat the step.</source>
        <translation>« {name} » est impossible : {what} {number} a été changé entre-temps. Regardez de nouveau et recommencez.</translation>
    </message>
    <message>
        <source>“{name}” does not take so many values (character {at}).</source>
        <translation>« {name} » ne prend pas autant de valeurs (caractère {at}).</translation>
    </message>
    <message>
        <source>“{sign}” compares numbers and dates, and {name} holds {kind} (character {at}).</source>
        <translation>« {sign} » compare des nombres et des dates, et {name} contient {kind} (caractère {at}).</translation>
    </message>
    <message>
        <source>“{sign}” looks for text, and {name} holds {kind} (character {at}).</source>
        <translation>« {sign} » cherche du texte, et {name} contient {kind} (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is neither yes nor no (character {at}).</source>
        <translation>« {text} » n&apos;est ni oui ni non (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is no status. Use one of: {known}.</source>
        <translation>« {text} » n&apos;est pas un état. Employez l&apos;un de ceux-ci : {known}.</translation>
    </message>
    <message>
        <source>“{text}” is not a date such as 2026-07-31 (character {at}).</source>
        <translation>« {text} » n&apos;est pas une date telle que 2026-07-31 (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not a number (character {at}).</source>
        <translation>« {text} » n&apos;est pas un nombre (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not a value of {name}, which takes {what}.</source>
        <translation>« {text} » n&apos;est pas une valeur de {name}, qui attend {what}.</translation>
    </message>
    <message>
        <source>“{text}” is not understood (character {at}).</source>
        <translation>« {text} » n&apos;est pas compris (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not understood here (character {at}).</source>
        <translation>« {text} » n&apos;est pas compris ici (caractère {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not understood: {closing} is missing at its end (character {at}).</source>
        <translation>« {text} » n&apos;est pas compris : il manque {closing} à la fin (caractère {at}).</translation>
    </message>
    <message>
        <source>“{value}” for {name} is no key.</source>
        <translation>« {value} » pour {name} n&apos;est pas une touche.</translation>
    </message>
</context>
</TS>
