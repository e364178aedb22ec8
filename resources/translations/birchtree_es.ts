<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BirchTree</source>
        <translation>Acerca de BirchTree</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Outline, measure and correct every tree crown of a drone survey. Apache License 2.0. Nothing leaves this computer.</source>
        <translation>Delinee, mida y corrija cada copa de árbol de un vuelo de dron. Licencia Apache 2.0. Nada sale de este equipo.</translation>
    </message>
</context>
<context>
    <name>ActionFinder</name>
    <message>
        <source>Actions</source>
        <translation>Acciones</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Buscar una acción</translation>
    </message>
    <message>
        <source>No action is called so. Try another word.</source>
        <translation>Ninguna orden se llama así. Pruebe con otra palabra.</translation>
    </message>
</context>
<context>
    <name>Adjusting</name>
    <message>
        <source>Grow or shrink by</source>
        <translation>Agrandar o encoger en</translation>
    </message>
    <message>
        <source>Simplify by</source>
        <translation>Simplificar en</translation>
    </message>
    <message>
        <source>Smooth by</source>
        <translation>Suavizar en</translation>
    </message>
</context>
<context>
    <name>AmountStrip</name>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
</context>
<context>
    <name>AreasModel</name>
    <message>
        <source>Area</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Complete area</source>
        <translation>Zona completa</translation>
    </message>
    <message>
        <source>Control plot</source>
        <translation>Parcela de control</translation>
    </message>
    <message>
        <source>Grid cell</source>
        <translation>Celda de la cuadrícula</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Superficie</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
</context>
<context>
    <name>AttentionPictures</name>
    <message>
        <source>No trait model is installed that tells where it looks (Models, Manage models).</source>
        <translation>No hay instalado ningún modelo de rasgos que diga dónde mira (Modelos, Gestionar modelos).</translation>
    </message>
</context>
<context>
    <name>BulkEdit</name>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expresión</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Of which crowns</source>
        <translation>De qué copas</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Fijar</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>To a value or by an expression</source>
        <translation>A un valor o con una expresión</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>What is set</source>
        <translation>Lo que se fija</translation>
    </message>
    <message>
        <source>by</source>
        <translation>con</translation>
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
        <translation>las {count} seleccionadas</translation>
    </message>
    <message>
        <source>the {count} that the filter shows</source>
        <translation>las {count} que muestra el filtro</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>{changes} of {total} become {value}</source>
        <translation>{changes} de {total} pasan a {value}</translation>
    </message>
    <message>
        <source>{changes} of {total} change</source>
        <translation>cambian {changes} de {total}</translation>
    </message>
    <message>
        <source>{changes} of {total} lose it</source>
        <translation>{changes} de {total} lo pierden</translation>
    </message>
    <message>
        <source>{count} changed. Ctrl+Z takes it back.</source>
        <translation>{count} cambiadas. Ctrl+Z lo deshace.</translation>
    </message>
</context>
<context>
    <name>ChangesModel</name>
    <message>
        <source>Crown growth</source>
        <translation>Crecimiento de la copa</translation>
    </message>
    <message>
        <source>Crown now</source>
        <translation>Copa ahora</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Murió</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>Destino</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Desaparecida</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Crecimiento</translation>
    </message>
    <message>
        <source>Growth a year</source>
        <translation>Crecimiento al año</translation>
    </message>
    <message>
        <source>Height now</source>
        <translation>Altura ahora</translation>
    </message>
    <message>
        <source>Height then</source>
        <translation>Altura entonces</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Not outlined now</source>
        <translation>Sin contorno ahora</translation>
    </message>
    <message>
        <source>Not outlined then</source>
        <translation>Sin contorno entonces</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>Outside or at an edge</source>
        <translation>Fuera o en un borde</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Survived</source>
        <translation>Sobrevivió</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Entonces</translation>
    </message>
</context>
<context>
    <name>ChipPair</name>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
</context>
<context>
    <name>ChipView</name>
    <message>
        <source>{hits} of {crowns} found, {wrong} wrong</source>
        <translation>{hits} de {crowns} encontradas, {wrong} erróneas</translation>
    </message>
</context>
<context>
    <name>ChoosePage</name>
    <message>
        <source>&amp;Add plots…</source>
        <translation>&amp;Añadir parcelas…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
    <message>
        <source>&amp;Model to improve</source>
        <translation>&amp;Modelo que se mejora</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Empezar</translation>
    </message>
    <message>
        <source>&amp;Time for it</source>
        <translation>&amp;Tiempo para ello</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 hora</translation>
    </message>
    <message>
        <source>About {steps} steps of learning on this computer (measured {when}: {pace} s a step). It stops earlier when nothing more is gained.</source>
        <translation>Unos {steps} pasos de aprendizaje en este equipo (medido {when}: {pace} s por paso). Termina antes cuando ya no se gana nada.</translation>
    </message>
    <message>
        <source>BirchTree plots</source>
        <translation>Parcelas de BirchTree</translation>
    </message>
    <message>
        <source>Choose a plot to learn from.</source>
        <translation>Elija una parcela de la que aprender.</translation>
    </message>
    <message>
        <source>Every crown of {name} is &amp;outlined and reviewed</source>
        <translation>Todas las copas de {name} están &amp;delineadas y revisadas</translation>
    </message>
    <message>
        <source>How fast this computer learns is being measured…</source>
        <translation>Se mide con qué rapidez aprende este equipo…</translation>
    </message>
    <message>
        <source>Learn from these plots</source>
        <translation>Aprender de estas parcelas</translation>
    </message>
    <message>
        <source>None: begin from nothing (needs hours and hundreds of crowns)</source>
        <translation>Ninguno: empezar de cero (requiere horas y cientos de copas)</translation>
    </message>
    <message>
        <source>Plots to learn from</source>
        <translation>Parcelas de las que aprender</translation>
    </message>
    <message>
        <source>Reading the plots…</source>
        <translation>Leyendo las parcelas…</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} horas</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} minutos</translation>
    </message>
    <message>
        <source>{train} crowns to learn from, {valid} to decide when to stop, {test} kept apart to compare the models on.</source>
        <translation>{train} copas para aprender, {valid} para decidir cuándo parar, {test} apartadas para comparar los modelos.</translation>
    </message>
</context>
<context>
    <name>ClassChart</name>
    <message>
        <source>{text}, {count} selected</source>
        <translation>{text}, {count} seleccionadas</translation>
    </message>
</context>
<context>
    <name>ClickActions</name>
    <message>
        <source>&amp;Heights help clicks</source>
        <translation>Las &amp;alturas ayudan a los clics</translation>
    </message>
    <message>
        <source>&amp;Model for clicks</source>
        <translation>&amp;Modelo para los clics</translation>
    </message>
    <message>
        <source>A crown outlined by click does not overlap crowns that you accepted, edited or drew</source>
        <translation>Una copa delineada con un clic no se superpone a copas que usted aceptó, editó o dibujó</translation>
    </message>
    <message>
        <source>Clicked crowns &amp;end at accepted ones</source>
        <translation>Las copas con clic t&amp;erminan en las aceptadas</translation>
    </message>
    <message>
        <source>None is installed</source>
        <translation>No hay ninguno instalado</translation>
    </message>
    <message>
        <source>Treetops, valleys and ground of the DSM help to outline what is clicked</source>
        <translation>Los ápices, los valles y el terreno del MDS ayudan a delinear lo que se pulsa</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Fields of this plot…</source>
        <translation>Campos de esta parcela…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>The usual columns, in their usual order and width</source>
        <translation>Las columnas habituales, en su orden y ancho habituales</translation>
    </message>
    <message>
        <source>Tick what is shown; drag, or Ctrl+Up and Ctrl+Down, to arrange</source>
        <translation>Marque lo que se muestra; arrastre, o Ctrl+Arriba y Ctrl+Abajo, para ordenar</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>95th percentile of the heights inside, in metres</source>
        <translation>Percentil 95 de las alturas del interior, en metros</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Diferencia</translation>
    </message>
    <message>
        <source>Area m²</source>
        <translation>Área m²</translation>
    </message>
    <message>
        <source>Area of the outline, in square metres</source>
        <translation>Área del contorno, en metros cuadrados</translation>
    </message>
    <message>
        <source>Biomass above ground by the named equation, in kilograms</source>
        <translation>Biomasa aérea según la ecuación indicada, en kilogramos</translation>
    </message>
    <message>
        <source>Biomass kg</source>
        <translation>Biomasa kg</translation>
    </message>
    <message>
        <source>CHM m</source>
        <translation>MDC m</translation>
    </message>
    <message>
        <source>Choice from a list</source>
        <translation>Elección de una lista</translation>
    </message>
    <message>
        <source>DBH cm</source>
        <translation>DAP cm</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Decimal number</source>
        <translation>Número decimal</translation>
    </message>
    <message>
        <source>Diam. m</source>
        <translation>Diám. m</translation>
    </message>
    <message>
        <source>Diameter at breast height by the named equation, in centimetres</source>
        <translation>Diámetro a la altura del pecho según la ecuación indicada, en centímetros</translation>
    </message>
    <message>
        <source>Diameter of the circle with the same area, in metres</source>
        <translation>Diámetro del círculo de la misma área, en metros</translation>
    </message>
    <message>
        <source>Edited at</source>
        <translation>Editada el</translation>
    </message>
    <message>
        <source>Edited by</source>
        <translation>Editada por</translation>
    </message>
    <message>
        <source>Field of this plot: {kind}; double-click to change</source>
        <translation>Campo de esta parcela: {kind}; doble clic para cambiarlo</translation>
    </message>
    <message>
        <source>Free text; double-click to change</source>
        <translation>Texto libre; doble clic para cambiarlo</translation>
    </message>
    <message>
        <source>Height by the trait model, in metres</source>
        <translation>Altura según el modelo de rasgos, en metros</translation>
    </message>
    <message>
        <source>Height m</source>
        <translation>Altura m</translation>
    </message>
    <message>
        <source>Highest point above the ground, in metres</source>
        <translation>Punto más alto sobre el terreno, en metros</translation>
    </message>
    <message>
        <source>Highest point of the canopy height model, in metres</source>
        <translation>Punto más alto del modelo de altura del dosel, en metros</translation>
    </message>
    <message>
        <source>How far the model&apos;s height is from the CHM&apos;s, as a share of it; large ones are worth a look</source>
        <translation>Cuánto se aparta la altura del modelo de la del MDC, en proporción; las grandes merecen una mirada</translation>
    </message>
    <message>
        <source>How sure the model is, 0 to 1</source>
        <translation>Cuán seguro está el modelo, de 0 a 1</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Length of the outline, in metres</source>
        <translation>Longitud del contorno, en metros</translation>
    </message>
    <message>
        <source>Likely species</source>
        <translation>Especies probables</translation>
    </message>
    <message>
        <source>Model m</source>
        <translation>Modelo m</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Number of the crown, never used twice</source>
        <translation>Número de la copa, nunca se usa dos veces</translation>
    </message>
    <message>
        <source>Perim. m</source>
        <translation>Perím. m</translation>
    </message>
    <message>
        <source>Scientific name; double-click to change</source>
        <translation>Nombre científico; doble clic para cambiarlo</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Puntuación</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>The model&apos;s likeliest species with their probabilities</source>
        <translation>Las especies más probables según el modelo, con sus probabilidades</translation>
    </message>
    <message>
        <source>What a person decided about the crown</source>
        <translation>Lo que una persona decidió sobre la copa</translation>
    </message>
    <message>
        <source>When it was touched last</source>
        <translation>Cuándo se tocó por última vez</translation>
    </message>
    <message>
        <source>Where the height comes from</source>
        <translation>De dónde procede la altura</translation>
    </message>
    <message>
        <source>Who touched the crown last</source>
        <translation>Quién tocó la copa por última vez</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Número entero</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Sí o no</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptada</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>eliminada</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>dibujada</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>editada</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>p95 m</source>
        <translation>p95 m</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>propuesta</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
</context>
<context>
    <name>ConfidenceHistogram</name>
    <message>
        <source>Proposed crowns below this score are dimmed on the map</source>
        <translation>Las copas propuestas por debajo de esta puntuación se atenúan en el mapa</translation>
    </message>
    <message>
        <source>Threshold of the score</source>
        <translation>Umbral de la puntuación</translation>
    </message>
    <message>
        <source>{count} by score</source>
        <translation>{count} por puntuación</translation>
    </message>
</context>
<context>
    <name>CrownActions</name>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Aceptar</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>&amp;Zoom to selection</source>
        <translation>&amp;Acercar a la selección</translation>
    </message>
    <message>
        <source>Accept the selected crowns</source>
        <translation>Aceptar las copas seleccionadas</translation>
    </message>
    <message>
        <source>Delete the selected crowns; undo brings them back</source>
        <translation>Eliminar las copas seleccionadas; deshacer las recupera</translation>
    </message>
    <message>
        <source>Every crown has been reviewed.</source>
        <translation>Todas las copas están revisadas.</translation>
    </message>
    <message>
        <source>Go to the next crown that nobody has reviewed</source>
        <translation>Ir a la siguiente copa que nadie ha revisado</translation>
    </message>
    <message>
        <source>Name the &amp;species</source>
        <translation>Nombrar la e&amp;specie</translation>
    </message>
    <message>
        <source>Ne&amp;xt proposed crown</source>
        <translation>Si&amp;guiente copa propuesta</translation>
    </message>
    <message>
        <source>Write a &amp;note</source>
        <translation>Escribir una &amp;nota</translation>
    </message>
</context>
<context>
    <name>CrownClipboard</name>
    <message>
        <source>1 crown copied.</source>
        <translation>1 copa copiada.</translation>
    </message>
    <message>
        <source>{count} crowns copied.</source>
        <translation>{count} copas copiadas.</translation>
    </message>
</context>
<context>
    <name>CrownDetails</name>
    <message>
        <source>Biomass</source>
        <translation>Biomasa</translation>
    </message>
    <message>
        <source>CHM, 95 %</source>
        <translation>MDC, 95 %</translation>
    </message>
    <message>
        <source>CHM, highest</source>
        <translation>MDC, máximo</translation>
    </message>
    <message>
        <source>DBH</source>
        <translation>DAP</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Editada</translation>
    </message>
    <message>
        <source>Height from</source>
        <translation>Altura según</translation>
    </message>
    <message>
        <source>Heights side by side</source>
        <translation>Alturas lado a lado</translation>
    </message>
    <message>
        <source>Likely species</source>
        <translation>Especies probables</translation>
    </message>
    <message>
        <source>Mean DBH</source>
        <translation>DAP medio</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Puntuación</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Lado a lado</translation>
    </message>
    <message>
        <source>Total biomass</source>
        <translation>Biomasa total</translation>
    </message>
    <message>
        <source>cut by the edge</source>
        <translation>cortada por el borde</translation>
    </message>
    <message>
        <source>{share} apart</source>
        <translation>{share} de diferencia</translation>
    </message>
</context>
<context>
    <name>CrownLikeness</name>
    <message>
        <source>Comparing</source>
        <translation>Comparación</translation>
    </message>
    <message>
        <source>Comparing crowns…</source>
        <translation>Comparando copas…</translation>
    </message>
    <message>
        <source>No crown has been read, so none can be compared.</source>
        <translation>No se ha leído ninguna copa, así que no hay nada que comparar.</translation>
    </message>
</context>
<context>
    <name>CrownPictures</name>
    <message>
        <source>Bright is what {model} looks at</source>
        <translation>Lo claro es lo que mira {model}</translation>
    </message>
    <message>
        <source>Light up what the trait model looks at to name the species</source>
        <translation>Iluminar lo que el modelo de rasgos mira para nombrar la especie</translation>
    </message>
    <message>
        <source>Where the model looks</source>
        <translation>Dónde mira el modelo</translation>
    </message>
</context>
<context>
    <name>CrownProfileView</name>
    <message>
        <source>Heights along the crown</source>
        <translation>Alturas a lo largo de la copa</translation>
    </message>
    <message>
        <source>{length} along the crown&apos;s long axis, highest {height} above the ground</source>
        <translation>{length} a lo largo del eje mayor de la copa, como máximo {height} sobre el suelo</translation>
    </message>
</context>
<context>
    <name>CrownsTable</name>
    <message>
        <source>Change this field…</source>
        <translation>Cambiar este campo…</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>Elegir columnas…</translation>
    </message>
    <message>
        <source>Click into the column to paste into first.</source>
        <translation>Haga clic primero en la columna donde pegar.</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>Ajustar el ancho</translation>
    </message>
    <message>
        <source>Hide {column}</source>
        <translation>Ocultar {column}</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>Mover a la izquierda</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>Mover a la derecha</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>Campo nuevo…</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Restablecer columnas</translation>
    </message>
    <message>
        <source>Sort downwards</source>
        <translation>Orden descendente</translation>
    </message>
    <message>
        <source>Sort upwards</source>
        <translation>Orden ascendente</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>, F1 on validation {f1}, at best {best}</source>
        <translation>, F1 en la validación {f1}, en el mejor caso {best}</translation>
    </message>
    <message>
        <source>Course of the training, nothing yet</source>
        <translation>Curso del entrenamiento, aún nada</translation>
    </message>
    <message>
        <source>Course of the training: loss {loss} at step {step}</source>
        <translation>Curso del entrenamiento: pérdida {loss} en el paso {step}</translation>
    </message>
    <message>
        <source>F1 on validation</source>
        <translation>F1 en la validación</translation>
    </message>
    <message>
        <source>Loss, drawing outlines</source>
        <translation>Pérdida, dibujo de contornos</translation>
    </message>
    <message>
        <source>Loss, finding crowns</source>
        <translation>Pérdida, búsqueda de copas</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>paso {step}</translation>
    </message>
</context>
<context>
    <name>DisplayActions</name>
    <message>
        <source>&amp;Overview map</source>
        <translation>Mapa &amp;general</translation>
    </message>
    <message>
        <source>Con&amp;tours</source>
        <translation>Cur&amp;vas de nivel</translation>
    </message>
    <message>
        <source>Hide crowns while held</source>
        <translation>Ocultar las copas mientras se mantiene</translation>
    </message>
    <message>
        <source>Hillshade while held</source>
        <translation>Sombreado mientras se mantiene</translation>
    </message>
    <message>
        <source>Le&amp;gend</source>
        <translation>Le&amp;yenda</translation>
    </message>
    <message>
        <source>Move the swipe line &amp;left</source>
        <translation>Mover la cortina a la i&amp;zquierda</translation>
    </message>
    <message>
        <source>Move the swipe line &amp;right</source>
        <translation>Mover la cortina a la de&amp;recha</translation>
    </message>
    <message>
        <source>S&amp;wipe</source>
        <translation>C&amp;ortina</translation>
    </message>
    <message>
        <source>Second &amp;view beside the map</source>
        <translation>Segunda &amp;vista junto al mapa</translation>
    </message>
    <message>
        <source>The same place in another layer; both move and zoom together</source>
        <translation>El mismo lugar en otra capa; ambas se mueven y se acercan juntas</translation>
    </message>
    <message>
        <source>Uncover another layer with a line that you drag across the map</source>
        <translation>Descubrir otra capa con una línea que se arrastra por el mapa</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Close {panel}</source>
        <translation>Cerrar {panel}</translation>
    </message>
</context>
<context>
    <name>DropActions</name>
    <message>
        <source>Copy the command</source>
        <translation>Copiar la orden</translation>
    </message>
    <message>
        <source>{name} is a training set, made for the command line and for other programs: {command}. The window learns from plots themselves: Models, Improve the model.</source>
        <translation>{name} es un conjunto de entrenamiento, hecho para la línea de órdenes y para otros programas: {command}. La ventana aprende de las parcelas mismas: Modelos, Mejorar el modelo.</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>BirchTree takes GeoTIFFs, .birch.gpkg plots, vector files, models and folders of these</source>
        <translation>BirchTree acepta GeoTIFF, parcelas .birch.gpkg, archivos vectoriales, modelos y carpetas con ellos</translation>
    </message>
    <message>
        <source>Import the crowns of {name} into this plot. With Shift: use it as the area of interest</source>
        <translation>Importar las copas de {name} en esta parcela. Con Mayús: usarlo como área de interés</translation>
    </message>
    <message>
        <source>Install the model of the folder {name}</source>
        <translation>Instalar el modelo de la carpeta {name}</translation>
    </message>
    <message>
        <source>Install the model {name}</source>
        <translation>Instalar el modelo {name}</translation>
    </message>
    <message>
        <source>Let a model learn from the {count} plots of {name}</source>
        <translation>Hacer que un modelo aprenda de las {count} parcelas de {name}</translation>
    </message>
    <message>
        <source>Open a plot first, then drop its crowns here</source>
        <translation>Abra primero una parcela y suelte después aquí sus copas</translation>
    </message>
    <message>
        <source>Open the plot {name}</source>
        <translation>Abrir la parcela {name}</translation>
    </message>
    <message>
        <source>Open {name} as a plot</source>
        <translation>Abrir {name} como parcela</translation>
    </message>
    <message>
        <source>Open {name} as a plot, with {others}</source>
        <translation>Abrir {name} como parcela, con {others}</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read</source>
        <translation>No se puede leer la carpeta {name}</translation>
    </message>
    <message>
        <source>The name {name} has letters from another system. Rename it, then drop it again</source>
        <translation>El nombre {name} tiene letras de otro sistema. Cámbielo y suéltelo de nuevo</translation>
    </message>
    <message>
        <source>This plot cannot take crowns now</source>
        <translation>Esta parcela no puede recibir copas ahora</translation>
    </message>
    <message>
        <source>Use {name} as the area of interest of this plot. With Shift: import its shapes as crowns</source>
        <translation>Usar {name} como área de interés de esta parcela. Con Mayús: importar sus formas como copas</translation>
    </message>
    <message>
        <source>Use {name} as the elevation of this plot</source>
        <translation>Usar {name} como elevación de esta parcela</translation>
    </message>
    <message>
        <source>{name} holds neither one survey, plots, a model nor a training set</source>
        <translation>{name} no contiene ni un vuelo, ni parcelas, ni un modelo, ni un conjunto de entrenamiento</translation>
    </message>
    <message>
        <source>{name} is a training set: see what it is for</source>
        <translation>{name} es un conjunto de entrenamiento: ver para qué sirve</translation>
    </message>
</context>
<context>
    <name>EarlierPicture</name>
    <message>
        <source>{title}: reading…</source>
        <translation>{title}: leyendo…</translation>
    </message>
</context>
<context>
    <name>EditActions</name>
    <message>
        <source>&amp;Invert selection</source>
        <translation>&amp;Invertir la selección</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;Redo {edit}</source>
        <translation>&amp;Rehacer {edit}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Undo {edit}</source>
        <translation>&amp;Deshacer {edit}</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>&amp;No seleccionar nada</translation>
    </message>
    <message>
        <source>Select &amp;proposed crowns</source>
        <translation>Seleccionar las copas &amp;propuestas</translation>
    </message>
</context>
<context>
    <name>EditingActions</name>
    <message>
        <source>&amp;Copy crowns</source>
        <translation>&amp;Copiar las copas</translation>
    </message>
    <message>
        <source>&amp;Fill all holes</source>
        <translation>Rellenar todos los &amp;huecos</translation>
    </message>
    <message>
        <source>&amp;Keep crowns apart</source>
        <translation>&amp;Mantener las copas separadas</translation>
    </message>
    <message>
        <source>&amp;Paste crowns</source>
        <translation>Pe&amp;gar copas</translation>
    </message>
    <message>
        <source>Copy crowns as &amp;GeoJSON</source>
        <translation>Copiar las copas como Geo&amp;JSON</translation>
    </message>
    <message>
        <source>Cut the selected crowns along the valleys between their peaks</source>
        <translation>Cortar las copas seleccionadas a lo largo de los valles entre sus ápices</translation>
    </message>
    <message>
        <source>Move the border of the selected crowns to the valley of the heights around it</source>
        <translation>Llevar el borde de las copas seleccionadas al valle de alturas que las rodea</translation>
    </message>
    <message>
        <source>New ground ends where another crown begins, and shared borders move together</source>
        <translation>El terreno nuevo termina donde empieza otra copa, y los bordes comunes se mueven juntos</translation>
    </message>
    <message>
        <source>Paste crowns that were copied here, or WKT or GeoJSON from another program</source>
        <translation>Pegar copas copiadas aquí, o WKT o GeoJSON de otro programa</translation>
    </message>
    <message>
        <source>Select by &amp;attribute…</source>
        <translation>Seleccionar por atri&amp;buto…</translation>
    </message>
    <message>
        <source>Select the &amp;same species</source>
        <translation>Seleccionar la misma e&amp;specie</translation>
    </message>
    <message>
        <source>Select where</source>
        <translation>Seleccionar donde</translation>
    </message>
    <message>
        <source>Select {count} crowns at most for this.</source>
        <translation>Seleccione como máximo {count} copas para esto.</translation>
    </message>
    <message>
        <source>Snap border to the height &amp;valley</source>
        <translation>Ajustar el borde al &amp;valle de alturas</translation>
    </message>
    <message>
        <source>Split at the &amp;peaks</source>
        <translation>Dividir en los á&amp;pices</translation>
    </message>
    <message>
        <source>height &gt; 20 and species ~ picea</source>
        <translation>height &gt; 20 and species ~ picea</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>no se entiende</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} copas</translation>
    </message>
    <message>
        <source>{step} down</source>
        <translation>{step} abajo</translation>
    </message>
    <message>
        <source>{step} to the left</source>
        <translation>{step} a la izquierda</translation>
    </message>
    <message>
        <source>{step} to the right</source>
        <translation>{step} a la derecha</translation>
    </message>
    <message>
        <source>{step} up</source>
        <translation>{step} arriba</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Draw a crown</source>
        <translation>Dibujar una copa</translation>
    </message>
    <message>
        <source>Let BirchTree outline the crowns, or draw the first one yourself.</source>
        <translation>Deje que BirchTree delinee las copas, o dibuje usted la primera.</translation>
    </message>
    <message>
        <source>No crowns yet</source>
        <translation>Aún no hay copas</translation>
    </message>
    <message>
        <source>Segment this plot</source>
        <translation>Segmentar esta parcela</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Copy details</source>
        <translation>Copiar los detalles</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Formato</translation>
    </message>
    <message>
        <source>COCO</source>
        <translation>COCO</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tabla CSV</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Export crowns</source>
        <translation>Exportar copas</translation>
    </message>
    <message>
        <source>Export {count} crowns</source>
        <translation>Exportar {count} copas</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>Arch&amp;ivo</translation>
    </message>
    <message>
        <source>For QGIS and other modern GIS: one file, long names.</source>
        <translation>Para QGIS y otros SIG modernos: un archivo, nombres largos.</translation>
    </message>
    <message>
        <source>For any GIS and for training. Names of at most 10 characters; a .json beside it says how the crowns were made.</source>
        <translation>Para cualquier SIG y para entrenar. Nombres de 10 caracteres como máximo; un .json al lado dice cómo se hicieron las copas.</translation>
    </message>
    <message>
        <source>For spreadsheets: one row per crown, without outlines.</source>
        <translation>Para hojas de cálculo: una fila por copa, sin contornos.</translation>
    </message>
    <message>
        <source>For the web and for scripts; longitude and latitude.</source>
        <translation>Para la web y para scripts; longitud y latitud.</translation>
    </message>
    <message>
        <source>For training: outlines in pixels of the orthomosaic.</source>
        <translation>Para entrenar: contornos en píxeles del ortomosaico.</translation>
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
        <translation>Nombre un archivo.</translation>
    </message>
    <message>
        <source>No crown has been reviewed yet.</source>
        <translation>Aún no se ha revisado ninguna copa.</translation>
    </message>
    <message>
        <source>Only &amp;reviewed crowns (accepted, edited or drawn)</source>
        <translation>Solo las copas &amp;revisadas (aceptadas, editadas o dibujadas)</translation>
    </message>
    <message>
        <source>Shapefile</source>
        <translation>Shapefile</translation>
    </message>
    <message>
        <source>There are no crowns.</source>
        <translation>No hay copas.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>No existe la carpeta {folder}.</translation>
    </message>
    <message>
        <source>{name} exists and will be replaced.</source>
        <translation>{name} existe y se reemplazará.</translation>
    </message>
</context>
<context>
    <name>ExportSetDialog</name>
    <message>
        <source> cells</source>
        <translation> celdas</translation>
    </message>
    <message>
        <source> cm</source>
        <translation> cm</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Elegir…</translation>
    </message>
    <message>
        <source>&amp;Every crown of the plot is outlined and reviewed</source>
        <translation>&amp;Todas las copas de la parcela están delineadas y revisadas</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>&amp;Tile</source>
        <translation>&amp;Tesela</translation>
    </message>
    <message>
        <source>Ce&amp;ll</source>
        <translation>Ce&amp;lda</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Export training set</source>
        <translation>Exportar el conjunto de entrenamiento</translation>
    </message>
    <message>
        <source>Folder of the training set</source>
        <translation>Carpeta del conjunto de entrenamiento</translation>
    </message>
    <message>
        <source>Name a folder that can be made.</source>
        <translation>Indique una carpeta que se pueda crear.</translation>
    </message>
    <message>
        <source>Reading the plot…</source>
        <translation>Leyendo la parcela…</translation>
    </message>
    <message>
        <source>This folder is in use; a training set needs a new or empty one.</source>
        <translation>Esta carpeta está en uso; un conjunto de entrenamiento necesita una nueva o vacía.</translation>
    </message>
    <message>
        <source>{train} crowns for training, {valid} for validation, {test} for the test.</source>
        <translation>{train} copas para entrenar, {valid} para validar, {test} para la prueba.</translation>
    </message>
</context>
<context>
    <name>ExpressionLine</name>
    <message>
        <source>What may follow</source>
        <translation>Lo que puede seguir</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>A fault in BirchTree</source>
        <translation>Un fallo de BirchTree</translation>
    </message>
    <message>
        <source>BirchTree closed unexpectedly last time. Nothing was lost: every edit is on disk at once.</source>
        <translation>BirchTree se cerró de forma inesperada la última vez. No se perdió nada: cada edición se guarda al instante.</translation>
    </message>
    <message>
        <source>Something went wrong in BirchTree. Your plot is safe: every edit is already on disk. You can go on working; if it happens again, restart BirchTree and send the details below to its makers.</source>
        <translation>Algo falló en BirchTree. Su parcela está a salvo: cada edición ya está en el disco. Puede seguir trabajando; si vuelve a ocurrir, reinicie BirchTree y envíe los detalles de abajo a sus autores.</translation>
    </message>
</context>
<context>
    <name>FieldsDialog</name>
    <message>
        <source>&amp;Choices</source>
        <translation>&amp;Opciones</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Tipo</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Add field</source>
        <translation>Añadir campo</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Opciones</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campos</translation>
    </message>
    <message>
        <source>Fields of this plot</source>
        <translation>Campos de esta parcela</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>Campo nuevo…</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>No se cambió nada.</translation>
    </message>
    <message>
        <source>One choice in each line</source>
        <translation>Una opción en cada línea</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Guardar los cambios</translation>
    </message>
    <message>
        <source>Show this field further to the left</source>
        <translation>Mostrar este campo más a la izquierda</translation>
    </message>
    <message>
        <source>Show this field further to the right</source>
        <translation>Mostrar este campo más a la derecha</translation>
    </message>
    <message>
        <source>The kind of a field that is there cannot be changed</source>
        <translation>No se puede cambiar el tipo de un campo que ya existe</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>{name} is back.</source>
        <translation>{name} ha vuelto.</translation>
    </message>
    <message>
        <source>{name} was added: a column of the table, a line of the inspector.</source>
        <translation>Se añadió {name}: una columna de la tabla, una línea del inspector.</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>Se cambió {name}.</translation>
    </message>
    <message>
        <source>{name} was deleted, with the values of {count} crowns.</source>
        <translation>Se eliminó {name}, con los valores de {count} copas.</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>&amp;Close plot</source>
        <translation>&amp;Cerrar la parcela</translation>
    </message>
    <message>
        <source>&amp;Export crowns…</source>
        <translation>&amp;Exportar copas…</translation>
    </message>
    <message>
        <source>&amp;Import crowns…</source>
        <translation>&amp;Importar copas…</translation>
    </message>
    <message>
        <source>&amp;Open a plot…</source>
        <translation>&amp;Abrir una parcela…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Add crowns from any vector file</source>
        <translation>Añadir copas de cualquier archivo vectorial</translation>
    </message>
    <message>
        <source>Copy saved as {name}.</source>
        <translation>Copia guardada como {name}.</translation>
    </message>
    <message>
        <source>Every edit is saved at once in {name}; there is nothing left to save.</source>
        <translation>Cada edición se guarda al instante en {name}; no queda nada por guardar.</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>Buscarlo…</translation>
    </message>
    <message>
        <source>Import co&amp;rrections…</source>
        <translation>Importar co&amp;rrecciones…</translation>
    </message>
    <message>
        <source>Import corrections</source>
        <translation>Importar correcciones</translation>
    </message>
    <message>
        <source>Import crowns</source>
        <translation>Importar copas</translation>
    </message>
    <message>
        <source>Make a small forest with known crowns and open it</source>
        <translation>Crear un pequeño bosque de copas conocidas y abrirlo</translation>
    </message>
    <message>
        <source>Open a plot</source>
        <translation>Abrir una parcela</translation>
    </message>
    <message>
        <source>Open an orthomosaic or a BirchTree plot</source>
        <translation>Abrir un ortomosaico o una parcela de BirchTree</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir la carpeta</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>Save a &amp;copy of the plot…</source>
        <translation>Guardar una &amp;copia de la parcela…</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Guardar una copia</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>&amp;Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>Take back crowns that were exported and corrected in a GIS: what the file lacks is deleted</source>
        <translation>Recoger copas exportadas y corregidas en un SIG: lo que falta en el archivo se elimina</translation>
    </message>
    <message>
        <source>The plot itself is saved after every edit</source>
        <translation>La parcela misma se guarda tras cada edición</translation>
    </message>
    <message>
        <source>Try the &amp;sample plot</source>
        <translation>Probar la parcela de &amp;muestra</translation>
    </message>
    <message>
        <source>Where is {name} now?</source>
        <translation>¿Dónde está {name} ahora?</translation>
    </message>
    <message>
        <source>Write shapefile, GeoPackage, GeoJSON, CSV or COCO</source>
        <translation>Escribir shapefile, GeoPackage, GeoJSON, CSV o COCO</translation>
    </message>
    <message>
        <source>{name} is open already.</source>
        <translation>{name} ya está abierto.</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Choose {what}</source>
        <translation>Elegir {what}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Elegir columnas</translation>
    </message>
    <message>
        <source>Do not keep it</source>
        <translation>No conservarlo</translation>
    </message>
    <message>
        <source>Filter the crowns</source>
        <translation>Filtrar las copas</translation>
    </message>
    <message>
        <source>Filter: height &gt; 10 and species = Picea glauca</source>
        <translation>Filtro: height &gt; 10 and species = Picea glauca</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Olvidar</translation>
    </message>
    <message>
        <source>Give many crowns a value at once</source>
        <translation>Dar un valor a muchas copas de una vez</translation>
    </message>
    <message>
        <source>Keep the filter under this name</source>
        <translation>Conservar el filtro con este nombre</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>More quick filters</source>
        <translation>Más filtros rápidos</translation>
    </message>
    <message>
        <source>Name of this filter</source>
        <translation>Nombre de este filtro</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Guardar este filtro…</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Filtros guardados</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Seleccionar</translation>
    </message>
    <message>
        <source>Select on the map what the filter shows</source>
        <translation>Seleccionar en el mapa lo que muestra el filtro</translation>
    </message>
    <message>
        <source>{count}, looking…</source>
        <translation>{count}, buscando…</translation>
    </message>
    <message>
        <source>{shown} of {total} crowns</source>
        <translation>{shown} de {total} copas</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Alike first</source>
        <translation>Las parecidas primero</translation>
    </message>
    <message>
        <source>All crowns</source>
        <translation>Todas las copas</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Por número</translation>
    </message>
    <message>
        <source>By species</source>
        <translation>Por especie</translation>
    </message>
    <message>
        <source>Crown {number}: {species}, {height}</source>
        <translation>Copa {number}: {species}, {height}</translation>
    </message>
    <message>
        <source>Every species</source>
        <translation>Todas las especies</translation>
    </message>
    <message>
        <source>Gallery of crowns</source>
        <translation>Galería de copas</translation>
    </message>
    <message>
        <source>Like the selected</source>
        <translation>Como las seleccionadas</translation>
    </message>
    <message>
        <source>Most doubtful first</source>
        <translation>Las más dudosas primero</translation>
    </message>
    <message>
        <source>Named by a model</source>
        <translation>Nombradas por un modelo</translation>
    </message>
    <message>
        <source>Named by a person</source>
        <translation>Nombradas por una persona</translation>
    </message>
    <message>
        <source>No crown is like that: choose other crowns or another species above.</source>
        <translation>Ninguna copa es así: elija arriba otras copas u otra especie.</translation>
    </message>
    <message>
        <source>Not yet named by a person</source>
        <translation>Aún no nombradas por una persona</translation>
    </message>
    <message>
        <source>Only this species</source>
        <translation>Solo esta especie</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Pictures of the crowns stand here, to be named many at a time. There are no crowns yet: segment the plot, or draw them.</source>
        <translation>Aquí están las imágenes de las copas, para nombrar muchas a la vez. Aún no hay copas: segmente la parcela o dibújelas.</translation>
    </message>
    <message>
        <source>Put the crowns first that look like the selected ones</source>
        <translation>Poner primero las copas que se parecen a las seleccionadas</translation>
    </message>
    <message>
        <source>Select a crown first; the gallery then shows those like it.</source>
        <translation>Seleccione primero una copa; la galería muestra entonces las parecidas.</translation>
    </message>
    <message>
        <source>Tallest first</source>
        <translation>Las más altas primero</translation>
    </message>
    <message>
        <source>Weakest outlines first</source>
        <translation>Los contornos más débiles primero</translation>
    </message>
    <message>
        <source>Which crowns</source>
        <translation>Qué copas</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>sin nombre</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} de {total}</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Backspace</source>
        <translation>Retroceso</translation>
    </message>
    <message>
        <source>Cancel; then select nothing</source>
        <translation>Cancelar; después, no seleccionar nada</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Move and zoom</source>
        <translation>Mover y acercar</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Mover el mapa</translation>
    </message>
    <message>
        <source>Shift+1 – 9</source>
        <translation>Mayús+1 – 9</translation>
    </message>
    <message>
        <source>Space+drag</source>
        <translation>Espacio+arrastrar</translation>
    </message>
    <message>
        <source>Species of the list</source>
        <translation>Especie de la lista</translation>
    </message>
    <message>
        <source>Species that the model holds likely</source>
        <translation>Especie que el modelo ve probable</translation>
    </message>
    <message>
        <source>Take the last point back</source>
        <translation>Quitar el último punto</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Acercar en el cursor</translation>
    </message>
    <message>
        <source>arrows, + -</source>
        <translation>flechas, + -</translation>
    </message>
    <message>
        <source>middle-drag</source>
        <translation>botón central</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>rueda</translation>
    </message>
</context>
<context>
    <name>HeightBars</name>
    <message>
        <source>Crowns by height</source>
        <translation>Copas por altura</translation>
    </message>
    <message>
        <source>Crowns in height classes of {step} m</source>
        <translation>Copas en clases de altura de {step} m</translation>
    </message>
    <message>
        <source>crowns by height</source>
        <translation>copas por altura</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;About BirchTree</source>
        <translation>&amp;Acerca de BirchTree</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>&amp;Buscar una acción…</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>Panel: {name}</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>Mostrar la carpeta de &amp;registros</translation>
    </message>
</context>
<context>
    <name>HistogramChart</name>
    <message>
        <source>not measured</source>
        <translation>sin medir</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{who}. Undone: redo brings it back.</source>
        <translation>{who}. Deshecha: rehacer la recupera.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Double-click an edit to go back to the state after it</source>
        <translation>Doble clic en una edición para volver al estado posterior a ella</translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation>Historial de ediciones</translation>
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
        <translation>&amp;Mejorar el modelo con mis correcciones…</translation>
    </message>
    <message>
        <source>Compare before and after</source>
        <translation>Comparar antes y después</translation>
    </message>
    <message>
        <source>E&amp;xport training set…</source>
        <translation>E&amp;xportar el conjunto de entrenamiento…</translation>
    </message>
    <message>
        <source>Let a crowns model learn from the crowns that you corrected, and compare before and after</source>
        <translation>Dejar que un modelo de copas aprenda de las copas que usted corrigió, y comparar antes y después</translation>
    </message>
    <message>
        <source>Making the training set</source>
        <translation>Creando el conjunto de entrenamiento</translation>
    </message>
    <message>
        <source>Segment this plot…</source>
        <translation>Segmentar esta parcela…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>The model {name} is kept; it is in the list of models from now on.</source>
        <translation>El modelo {name} se conserva; desde ahora está en la lista de modelos.</translation>
    </message>
    <message>
        <source>The training has ended. The new model waits until you keep or discard it.</source>
        <translation>El entrenamiento ha terminado. El modelo nuevo espera a que lo conserve o lo descarte.</translation>
    </message>
    <message>
        <source>Tiles and tables of this plot, for training here or in other programs</source>
        <translation>Teselas y tablas de esta parcela, para entrenar aquí o en otros programas</translation>
    </message>
    <message>
        <source>{tiles} tiles with {crowns} crowns written to {folder}.</source>
        <translation>{tiles} teselas con {crowns} copas escritas en {folder}.</translation>
    </message>
</context>
<context>
    <name>ImproveModelDialog</name>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>How fast this computer learns is not known; the training measures it when it begins.</source>
        <translation>No se sabe con qué rapidez aprende este equipo; el entrenamiento lo mide al empezar.</translation>
    </message>
    <message>
        <source>Improve the model with my corrections</source>
        <translation>Mejorar el modelo con mis correcciones</translation>
    </message>
    <message>
        <source>Measuring how fast this computer learns</source>
        <translation>Midiendo con qué rapidez aprende este equipo</translation>
    </message>
    <message>
        <source>{model}, improved on {plots}</source>
        <translation>{model}, mejorado con {plots}</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Nota</translation>
    </message>
    <message>
        <source>&amp;Species</source>
        <translation>&amp;Especie</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Accept {count}</source>
        <translation>Aceptar {count}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>Crown {number}</source>
        <translation>Copa {number}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Delete {count}</source>
        <translation>Eliminar {count}</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Diámetro</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Mean diam.</source>
        <translation>Diám. medio</translation>
    </message>
    <message>
        <source>Mean height</source>
        <translation>Altura media</translation>
    </message>
    <message>
        <source>Total area</source>
        <translation>Área total</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>midiendo…</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>varios</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>sin nombre</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>varies</source>
        <translation>varía</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} copas</translation>
    </message>
</context>
<context>
    <name>JobIndicator</name>
    <message>
        <source>Show the runs</source>
        <translation>Mostrar los procesos</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>Detener el trabajo en curso</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept</source>
        <translation>Detener; lo terminado se conserva</translation>
    </message>
</context>
<context>
    <name>KeyCapture</name>
    <message>
        <source>Press a key… (Esc: cancel)</source>
        <translation>Pulse una tecla… (Esc: cancelar)</translation>
    </message>
</context>
<context>
    <name>KeyGroups</name>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Edición</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Parcela</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ver</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>en todas partes</translation>
    </message>
    <message>
        <source>in the review</source>
        <translation>en la revisión</translation>
    </message>
    <message>
        <source>on the map</source>
        <translation>en el mapa</translation>
    </message>
    <message>
        <source>on the map, while held</source>
        <translation>en el mapa, mientras se mantiene</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>&amp;All as usual</source>
        <translation>&amp;Todo como de costumbre</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Sin tecla</translation>
    </message>
    <message>
        <source>&amp;Take it from there</source>
        <translation>&amp;Quitársela</translation>
    </message>
    <message>
        <source>A&amp;dd a key</source>
        <translation>Aña&amp;dir una tecla</translation>
    </message>
    <message>
        <source>As &amp;usual</source>
        <translation>Como de c&amp;ostumbre</translation>
    </message>
    <message>
        <source>Change the &amp;key</source>
        <translation>Cambiar la &amp;tecla</translation>
    </message>
    <message>
        <source>Changed; it holds from now on.</source>
        <translation>Cambiado; vale desde ahora.</translation>
    </message>
    <message>
        <source>Every command has its usual keys again.</source>
        <translation>Todas las órdenes vuelven a tener sus teclas de costumbre.</translation>
    </message>
    <message>
        <source>Export shortcuts</source>
        <translation>Exportar los atajos</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Buscar una orden o una tecla</translation>
    </message>
    <message>
        <source>Find a command, or a key such as Ctrl+E</source>
        <translation>Busque una orden, o una tecla como Ctrl+E</translation>
    </message>
    <message>
        <source>Import shortcuts</source>
        <translation>Importar atajos</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Teclas y ratón</translation>
    </message>
    <message>
        <source>Shortcuts of {name} are in use.</source>
        <translation>Los atajos de {name} están en uso.</translation>
    </message>
    <message>
        <source>Shortcuts written to {name}.</source>
        <translation>Atajos escritos en {name}.</translation>
    </message>
    <message>
        <source>The usual key of “{title}” is the key of “{other}” now. Change that one first.</source>
        <translation>La tecla de costumbre de “{title}” es ahora la de “{other}”. Cambie esa primero.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>{count} commands in it are not known here.</source>
        <translation>{count} órdenes que contiene no se conocen aquí.</translation>
    </message>
    <message>
        <source>{key} belongs to moving the map and to gestures. Choose another key.</source>
        <translation>{key} sirve para mover el mapa y para los gestos. Elija otra tecla.</translation>
    </message>
    <message>
        <source>{key} is the key of “{other}” ({where}); “{title}” did not get it.</source>
        <translation>{key} es la tecla de “{other}” ({where}); “{title}” no la recibió.</translation>
    </message>
    <message>
        <source>{key} opens a menu. Choose another key.</source>
        <translation>{key} abre un menú. Elija otra tecla.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {error}</source>
        <translation>No se puede leer {name}: {error}</translation>
    </message>
    <message>
        <source>{name} cannot be written: {error}</source>
        <translation>No se puede escribir {name}: {error}</translation>
    </message>
</context>
<context>
    <name>KeysList</name>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Órdenes y sus teclas</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Mouse and fixed keys, in every tool</source>
        <translation>Ratón y teclas fijas, con cualquier herramienta</translation>
    </message>
    <message>
        <source>Usual keys, where changed</source>
        <translation>Teclas de costumbre, donde se cambiaron</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
</context>
<context>
    <name>LanguageActions</name>
    <message>
        <source>From the next start on, BirchTree speaks the language of this computer.</source>
        <translation>Desde el próximo inicio, BirchTree habla el idioma de este equipo.</translation>
    </message>
    <message>
        <source>From the next start on, BirchTree speaks {language}.</source>
        <translation>Desde el próximo inicio, BirchTree habla {language}.</translation>
    </message>
    <message>
        <source>Language of the &amp;computer</source>
        <translation>Idioma del e&amp;quipo</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Etiqueta</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>As coloured</source>
        <translation>Según el color</translation>
    </message>
    <message>
        <source>CHM: surface minus ground</source>
        <translation>MDC: superficie menos terreno</translation>
    </message>
    <message>
        <source>Canopy height</source>
        <translation>Altura del dosel</translation>
    </message>
    <message>
        <source>Colour &amp;by</source>
        <translation>Colorear &amp;por</translation>
    </message>
    <message>
        <source>Contours</source>
        <translation>Curvas de nivel</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>DSM colours</source>
        <translation>Colores del MDS</translation>
    </message>
    <message>
        <source>DSM hillshade</source>
        <translation>Sombreado del MDS</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Diámetro</translation>
    </message>
    <message>
        <source>Elevation of the surface</source>
        <translation>Elevación de la superficie</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Hold {relief} on the map to see the hillshade, {hide} to hide the crowns.</source>
        <translation>Mantenga {relief} sobre el mapa para ver el sombreado, {hide} para ocultar las copas.</translation>
    </message>
    <message>
        <source>Lines of equal elevation of the ground</source>
        <translation>Líneas de igual elevación del terreno</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacidad</translation>
    </message>
    <message>
        <source>Opacity of {layer}</source>
        <translation>Opacidad de {layer}</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Ortomosaico</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Puntuación</translation>
    </message>
    <message>
        <source>Show the crowns (hold {key} to hide them for a moment)</source>
        <translation>Mostrar las copas (mantenga {key} para ocultarlas un momento)</translation>
    </message>
    <message>
        <source>Shown beyond the swipe line ({swipe}) and in the second view ({second})</source>
        <translation>Se muestra más allá de la cortina ({swipe}) y en la segunda vista ({second})</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Species code</source>
        <translation>Código de especie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Swipe and second &amp;view show</source>
        <translation>La cortina y la segunda &amp;vista muestran</translation>
    </message>
    <message>
        <source>The drone&apos;s colour picture</source>
        <translation>La imagen en color del dron</translation>
    </message>
    <message>
        <source>The surface, lit from the north-west</source>
        <translation>La superficie, iluminada desde el noroeste</translation>
    </message>
    <message>
        <source>This plot has no DSM</source>
        <translation>Esta parcela no tiene MDS</translation>
    </message>
    <message>
        <source>What stands in a crown, where there is room for it</source>
        <translation>Lo que se escribe en una copa, donde hay sitio</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Accepted</source>
        <translation>Aceptada</translation>
    </message>
    <message>
        <source>Colour only these trees; press again for all</source>
        <translation>Colorear solo estos árboles; pulse otra vez para todos</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Dibujada</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Editada</translation>
    </message>
    <message>
        <source>Fold or unfold the legend</source>
        <translation>Plegar o desplegar la leyenda</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Leyenda</translation>
    </message>
    <message>
        <source>Legend: {attribute}</source>
        <translation>Leyenda: {attribute}</translation>
    </message>
    <message>
        <source>No species yet</source>
        <translation>Aún sin especies</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Desconocido</translation>
    </message>
    <message>
        <source>Only {kind}</source>
        <translation>Solo {kind}</translation>
    </message>
    <message>
        <source>Others, not known</source>
        <translation>Otras, desconocidas</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Propuesta</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Puntuación</translation>
    </message>
    <message>
        <source>Show only these crowns; press several to see several kinds, press again for all</source>
        <translation>Mostrar solo estas copas; pulse varias para ver varias clases, pulse otra vez para todas</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
</context>
<context>
    <name>LessonBox</name>
    <message>
        <source> and {count} more species</source>
        <translation> y {count} especies más</translation>
    </message>
    <message>
        <source>Mark 5 crowns each of 2 species or more; the rest can then be named from them.</source>
        <translation>Marque 5 copas de cada una de 2 especies o más; así se podrán nombrar las demás.</translation>
    </message>
    <message>
        <source>Marked: {species}</source>
        <translation>Marcadas: {species}</translation>
    </message>
    <message>
        <source>Reading crowns: {share}</source>
        <translation>Leyendo copas: {share}</translation>
    </message>
    <message>
        <source>Teaching…</source>
        <translation>Enseñando…</translation>
    </message>
    <message>
        <source>The lesson waits…</source>
        <translation>La lección espera…</translation>
    </message>
</context>
<context>
    <name>LineStrip</name>
    <message>
        <source>Select</source>
        <translation>Seleccionar</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Hide all panels</source>
        <translation>&amp;Ocultar todos los paneles</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>&amp;Restablecer la disposición</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Buscar una acción</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galería</translation>
    </message>
    <message>
        <source>Hide or show all panels</source>
        <translation>Ocultar o mostrar todos los paneles</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Capas</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Procesos</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especies</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Estadísticas</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Two dates</source>
        <translation>Dos fechas</translation>
    </message>
</context>
<context>
    <name>ManageModels</name>
    <message>
        <source>Cell</source>
        <translation>Celda</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Licence: {licence}. {summary}</source>
        <translation>Licencia: {licence}. {summary}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Límites</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Delinea</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Origen: {source}</translation>
    </message>
    <message>
        <source>Trained at</source>
        <translation>Entrenado en</translation>
    </message>
    <message>
        <source>crowns</source>
        <translation>copas</translation>
    </message>
    <message>
        <source>what is clicked</source>
        <translation>lo que se pulsa</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}: {value}</translation>
    </message>
    <message>
        <source>{size} MB from {address}</source>
        <translation>{size} MB de {address}</translation>
    </message>
</context>
<context>
    <name>ManageModelsDialog</name>
    <message>
        <source>&amp;Add from a file…</source>
        <translation>&amp;Añadir desde un archivo…</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Comprobar</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>&amp;Descargar</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>De&amp;tener</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Añadir un modelo</translation>
    </message>
    <message>
        <source>Add from a f&amp;older…</source>
        <translation>Añadir desde una c&amp;arpeta…</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Carpeta de un modelo</translation>
    </message>
    <message>
        <source>I have read it and accept it</source>
        <translation>La he leído y la acepto</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Models (*.zip *.onnx)</source>
        <translation>Modelos (*.zip *.onnx)</translation>
    </message>
    <message>
        <source>What is known of the model</source>
        <translation>Lo que se sabe del modelo</translation>
    </message>
    <message>
        <source>can be downloaded</source>
        <translation>se puede descargar</translation>
    </message>
    <message>
        <source>comes with BirchTree</source>
        <translation>viene con BirchTree</translation>
    </message>
    <message>
        <source>damaged, cannot be used</source>
        <translation>dañado, no se puede usar</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>instalado</translation>
    </message>
</context>
<context>
    <name>ManualActions</name>
    <message>
        <source>&amp;Documentation</source>
        <translation>&amp;Documentación</translation>
    </message>
    <message>
        <source>The documentation is not installed here. It is in the folder docs of the source.</source>
        <translation>La documentación no está instalada aquí. Está en la carpeta docs del código fuente.</translation>
    </message>
    <message>
        <source>The page about the panel or tool in use; needs no network</source>
        <translation>La página sobre el panel o la herramienta en uso; no necesita red</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>&amp;Contenido</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>A&amp;delante</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Documentación</translation>
    </message>
    <message>
        <source>Open in the b&amp;rowser</source>
        <translation>Abrir en el &amp;navegador</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>Buscar en todas las páginas</translation>
    </message>
    <message>
        <source>The English page has changed since this one was translated.</source>
        <translation>La página inglesa ha cambiado desde que se tradujo esta.</translation>
    </message>
</context>
<context>
    <name>MapDesk</name>
    <message>
        <source>Second map</source>
        <translation>Segundo mapa</translation>
    </message>
</context>
<context>
    <name>MapFurniture</name>
    <message>
        <source>Contours {step}</source>
        <translation>Curvas cada {step}</translation>
    </message>
</context>
<context>
    <name>MapStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <source>This plot has no DSM, so there is no relief to show.</source>
        <translation>Esta parcela no tiene MDS, así que no hay relieve que mostrar.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Crowns</source>
        <translation>&amp;Copas</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ay&amp;uda</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelos</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Paneles</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>&amp;Parcela</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisión</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>Change &amp;outline</source>
        <translation>Cambiar el c&amp;ontorno</translation>
    </message>
    <message>
        <source>Mo&amp;ve</source>
        <translation>Mo&amp;ver</translation>
    </message>
    <message>
        <source>Spec&amp;ies</source>
        <translation>Es&amp;pecies</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>Ta&amp;bla</translation>
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
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>More messages wait below this one</source>
        <translation>Más mensajes esperan debajo de este</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>&amp;Height and species by a model…</source>
        <translation>&amp;Altura y especie con un modelo…</translation>
    </message>
    <message>
        <source>&amp;Measure all crowns again</source>
        <translation>&amp;Medir de nuevo todas las copas</translation>
    </message>
    <message>
        <source>&amp;Resume the interrupted run</source>
        <translation>&amp;Reanudar el proceso interrumpido</translation>
    </message>
    <message>
        <source>&amp;Segment this plot…</source>
        <translation>&amp;Segmentar esta parcela…</translation>
    </message>
    <message>
        <source>Every crown was read before.</source>
        <translation>Todas las copas se habían leído antes.</translation>
    </message>
    <message>
        <source>Height, DBH and biomass of every crown</source>
        <translation>Altura, DAP y biomasa de cada copa</translation>
    </message>
    <message>
        <source>Let a model read height and species of each crown from its picture</source>
        <translation>Dejar que un modelo lea la altura y la especie de cada copa en su imagen</translation>
    </message>
    <message>
        <source>Manage m&amp;odels…</source>
        <translation>Gestionar los m&amp;odelos…</translation>
    </message>
    <message>
        <source>Outline every crown of the plot</source>
        <translation>Delinear todas las copas de la parcela</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Review the crowns</source>
        <translation>Revisar las copas</translation>
    </message>
    <message>
        <source>Review the table</source>
        <translation>Revisar la tabla</translation>
    </message>
    <message>
        <source>S&amp;top the run</source>
        <translation>De&amp;tener el proceso</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept</source>
        <translation>Detener; lo terminado se conserva</translation>
    </message>
    <message>
        <source>Stopped. The crowns that were measured are kept; the next run does the others.</source>
        <translation>Detenido. Las copas medidas se conservan; el próximo proceso hace las demás.</translation>
    </message>
    <message>
        <source>Stopped. The tiles that were finished are kept.</source>
        <translation>Detenido. Las teselas terminadas se conservan.</translation>
    </message>
    <message>
        <source>The last run on this plot was interrupted. What it finished is kept.</source>
        <translation>El último proceso de esta parcela se interrumpió. Lo que terminó se conserva.</translation>
    </message>
    <message>
        <source>Which models are here, and where to get more</source>
        <translation>Qué modelos hay aquí y dónde conseguir más</translation>
    </message>
    <message>
        <source>{count} crowns outlined and measured.</source>
        <translation>{count} copas delineadas y medidas.</translation>
    </message>
    <message>
        <source>{count} crowns outlined.</source>
        <translation>{count} copas delineadas.</translation>
    </message>
    <message>
        <source>{count} crowns read.</source>
        <translation>{count} copas leídas.</translation>
    </message>
    <message>
        <source>{count} crowns read; {named} got a species. Undo takes the species back.</source>
        <translation>{count} copas leídas; {named} recibieron especie. Deshacer quita las especies.</translation>
    </message>
    <message>
        <source>{model} names no species here: half of the crowns or more are unlike those that it was trained on. Teach it your species with some marks.</source>
        <translation>{model} no nombra aquí ninguna especie: la mitad de las copas o más no se parecen a aquellas con que se entrenó. Enséñele sus especies con algunas marcas.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>This plot has {gsd} cm per pixel, too coarse for this model: do not rely on it here.</source>
        <translation>Esta parcela tiene {gsd} cm por píxel, demasiado grueso para este modelo: no se fíe de él aquí.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <translation>licencia {licence}</translation>
    </message>
    <message>
        <source>trained at {site}</source>
        <translation>entrenado en {site}</translation>
    </message>
    <message>
        <source>works at {gsd} cm per cell</source>
        <translation>trabaja con {gsd} cm por celda</translation>
    </message>
    <message>
        <source>{count} species</source>
        <translation>{count} especies</translation>
    </message>
</context>
<context>
    <name>ModelFiles</name>
    <message>
        <source>Adding a model</source>
        <translation>Añadiendo un modelo</translation>
    </message>
    <message>
        <source>Checking a model</source>
        <translation>Comprobando un modelo</translation>
    </message>
    <message>
        <source>Fetching a model</source>
        <translation>Obteniendo un modelo</translation>
    </message>
    <message>
        <source>Removing a model</source>
        <translation>Quitando un modelo</translation>
    </message>
    <message>
        <source>{name} is installed.</source>
        <translation>{name} está instalado.</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name} se ha quitado.</translation>
    </message>
    <message>
        <source>{name} is whole: every file is the one that its card names.</source>
        <translation>{name} está íntegro: cada archivo es el que indica su ficha.</translation>
    </message>
</context>
<context>
    <name>ModelTraining</name>
    <message>
        <source>Improving the model</source>
        <translation>Mejorando el modelo</translation>
    </message>
    <message>
        <source>Keeping the model</source>
        <translation>Conservando el modelo</translation>
    </message>
    <message>
        <source>Making the training set</source>
        <translation>Creando el conjunto de entrenamiento</translation>
    </message>
</context>
<context>
    <name>NameChart</name>
    <message>
        <source>hatched: unsure</source>
        <translation>rayado: inseguro</translation>
    </message>
    <message>
        <source>no crowns</source>
        <translation>sin copas</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} más</translation>
    </message>
    <message>
        <source>{name} ({count} unsure)</source>
        <translation>{name} ({count} inseguras)</translation>
    </message>
</context>
<context>
    <name>OpenPlotDialog</name>
    <message>
        <source>&amp;DSM (surface)</source>
        <translation>&amp;MDS (superficie)</translation>
    </message>
    <message>
        <source>&amp;Orthomosaic</source>
        <translation>&amp;Ortomosaico</translation>
    </message>
    <message>
        <source>&amp;Plot file</source>
        <translation>Archivo de &amp;parcela</translation>
    </message>
    <message>
        <source>All crowns and edits go into the plot file, which QGIS can open. The rasters are only read.</source>
        <translation>Todas las copas y ediciones van al archivo de la parcela, que QGIS puede abrir. Los rásteres solo se leen.</translation>
    </message>
    <message>
        <source>Area of interest: {name}.</source>
        <translation>Área de interés: {name}.</translation>
    </message>
    <message>
        <source>Choose an orthomosaic.</source>
        <translation>Elija un ortomosaico.</translation>
    </message>
    <message>
        <source>D&amp;TM (ground)</source>
        <translation>MD&amp;T (terreno)</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MDS</translation>
    </message>
    <message>
        <source>DTM</source>
        <translation>MDT</translation>
    </message>
    <message>
        <source>Open a plot</source>
        <translation>Abrir una parcela</translation>
    </message>
    <message>
        <source>Open plot</source>
        <translation>Abrir la parcela</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Ortomosaico</translation>
    </message>
    <message>
        <source>Plot file</source>
        <translation>Archivo de parcela</translation>
    </message>
    <message>
        <source>Rasters of this plot</source>
        <translation>Rásteres de esta parcela</translation>
    </message>
    <message>
        <source>The crowns stay as they are. Measure them again afterwards if the elevation is another.</source>
        <translation>Las copas quedan como están. Mídalas de nuevo después si la elevación es otra.</translation>
    </message>
    <message>
        <source>The plot file must end in {suffix}.</source>
        <translation>El archivo de la parcela debe terminar en {suffix}.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>No existe el archivo {name}.</translation>
    </message>
    <message>
        <source>This plot file exists already: its crowns are opened, with the rasters it knows.</source>
        <translation>Este archivo de parcela ya existe: se abren sus copas, con los rásteres que conoce.</translation>
    </message>
    <message>
        <source>Use these rasters</source>
        <translation>Usar estos rásteres</translation>
    </message>
    <message>
        <source>none: no heights, and only models that need no DSM</source>
        <translation>ninguno: sin alturas, y solo modelos que no necesitan MDS</translation>
    </message>
    <message>
        <source>none: the ground is estimated from the DSM</source>
        <translation>ninguno: el terreno se estima a partir del MDS</translation>
    </message>
</context>
<context>
    <name>OpenPlots</name>
    <message>
        <source>{name} is open in another BirchTree window, too. Both save every edit at once, and see each other&apos;s; close one of them before you go on.</source>
        <translation>{name} también está abierto en otra ventana de BirchTree. Ambas guardan cada edición al instante y ven las de la otra; cierre una de ellas antes de seguir.</translation>
    </message>
</context>
<context>
    <name>OrthoStyle</name>
    <message>
        <source>&amp;Bands</source>
        <translation>&amp;Bandas</translation>
    </message>
    <message>
        <source>&amp;Each band</source>
        <translation>&amp;Cada banda</translation>
    </message>
    <message>
        <source>1 to 99 %</source>
        <translation>1 a 99 %</translation>
    </message>
    <message>
        <source>2 to 98 %</source>
        <translation>2 a 98 %</translation>
    </message>
    <message>
        <source>5 to 95 %</source>
        <translation>5 a 95 %</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>Como al abrir</translation>
    </message>
    <message>
        <source>Band of the orthomosaic shown as {colour}</source>
        <translation>Banda del ortomosaico que se muestra en {colour}</translation>
    </message>
    <message>
        <source>Band shown as {colour}</source>
        <translation>Banda que se muestra en {colour}</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Lowest to highest</source>
        <translation>Del mínimo al máximo</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rojo</translation>
    </message>
    <message>
        <source>S&amp;tretch</source>
        <translation>&amp;Realce</translation>
    </message>
    <message>
        <source>Stretch each band by itself: balances the colours, and changes them</source>
        <translation>Realzar cada banda por separado: equilibra los colores, y los cambia</translation>
    </message>
    <message>
        <source>Which values of the orthomosaic become black and white</source>
        <translation>Qué valores del ortomosaico se vuelven negro y blanco</translation>
    </message>
</context>
<context>
    <name>PageBrowser</name>
    <message>
        <source>Documentation page</source>
        <translation>Página de documentación</translation>
    </message>
</context>
<context>
    <name>PlaceActions</name>
    <message>
        <source>&amp;Go to coordinates or a crown…</source>
        <translation>&amp;Ir a unas coordenadas o a una copa…</translation>
    </message>
    <message>
        <source>Copy c&amp;oordinates</source>
        <translation>Copiar c&amp;oordenadas</translation>
    </message>
    <message>
        <source>Copy east and north of the place under the mouse, in the plot&apos;s CRS</source>
        <translation>Copiar este y norte del lugar bajo el ratón, en el sistema de la parcela</translation>
    </message>
    <message>
        <source>Copy la&amp;titude and longitude</source>
        <translation>Copiar la&amp;titud y longitud</translation>
    </message>
    <message>
        <source>Copy the place under the mouse in degrees (WGS 84), as maps on the web and GPS devices take it</source>
        <translation>Copiar el lugar bajo el ratón en grados (WGS 84), como lo toman los mapas de la web y los GPS</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Ir allí</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Ir a</translation>
    </message>
    <message>
        <source>Go to crown {number}</source>
        <translation>Ir a la copa {number}</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Ir a {place}</translation>
    </message>
    <message>
        <source>No crown has the number {number}.</source>
        <translation>Ninguna copa tiene el número {number}.</translation>
    </message>
    <message>
        <source>Type east and north, latitude and longitude, or the number of a crown</source>
        <translation>Escriba este y norte, latitud y longitud, o el número de una copa</translation>
    </message>
    <message>
        <source>crown {number}</source>
        <translation>copa {number}</translation>
    </message>
    <message>
        <source>east, north or latitude, longitude or crown</source>
        <translation>este, norte o latitud, longitud o copa</translation>
    </message>
    <message>
        <source>no crown {number}</source>
        <translation>no hay copa {number}</translation>
    </message>
    <message>
        <source>not on the plot</source>
        <translation>fuera de la parcela</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>no se entiende</translation>
    </message>
    <message>
        <source>{place} copied.</source>
        <translation>{place} copiado.</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>BirchTree plots</source>
        <translation>Parcelas de BirchTree</translation>
    </message>
    <message>
        <source>Orthomosaics and plots</source>
        <translation>Ortomosaicos y parcelas</translation>
    </message>
    <message>
        <source>Rasters</source>
        <translation>Rásteres</translation>
    </message>
    <message>
        <source>Vector files</source>
        <translation>Archivos vectoriales</translation>
    </message>
</context>
<context>
    <name>PlotActions</name>
    <message>
        <source>&amp;Rasters…</source>
        <translation>&amp;Rásteres…</translation>
    </message>
    <message>
        <source>Measure all crowns again</source>
        <translation>Medir de nuevo todas las copas</translation>
    </message>
    <message>
        <source>Say again what was noticed when the plot was opened</source>
        <translation>Repetir lo que se notó al abrir la parcela</translation>
    </message>
    <message>
        <source>The checks found nothing wrong with this plot.</source>
        <translation>Las comprobaciones no hallaron nada mal en esta parcela.</translation>
    </message>
    <message>
        <source>The rasters of this plot are others now. Its crowns still have the old heights.</source>
        <translation>Los rásteres de esta parcela son otros ahora. Sus copas tienen aún las alturas antiguas.</translation>
    </message>
    <message>
        <source>Use another orthomosaic, DSM or DTM for this plot</source>
        <translation>Usar otro ortomosaico, MDS o MDT para esta parcela</translation>
    </message>
    <message>
        <source>What the &amp;checks found</source>
        <translation>Lo que hallaron las &amp;comprobaciones</translation>
    </message>
    <message>
        <source>{name} is the area of interest now: runs and the report keep to it. The crowns stay.</source>
        <translation>{name} es ahora el área de interés: los procesos y el informe se limitan a ella. Las copas se conservan.</translation>
    </message>
</context>
<context>
    <name>PlotFacts</name>
    <message>
        <source>Crowns</source>
        <translation>Copas</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MDS</translation>
    </message>
    <message>
        <source>DTM {name}</source>
        <translation>MDT {name}</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Terreno</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>No plot is open</source>
        <translation>No hay ninguna parcela abierta</translation>
    </message>
    <message>
        <source>Orthomosaic</source>
        <translation>Ortomosaico</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>Select a crown on the map or in the table.</source>
        <translation>Seleccione una copa en el mapa o en la tabla.</translation>
    </message>
    <message>
        <source>estimated from the DSM</source>
        <translation>estimado a partir del MDS</translation>
    </message>
    <message>
        <source>mean {mean}, {low} to {high}</source>
        <translation>media {mean}, de {low} a {high}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>{total}, {reviewed} reviewed</source>
        <translation>{total}, {reviewed} revisadas</translation>
    </message>
</context>
<context>
    <name>PlotList</name>
    <message>
        <source>Accepted</source>
        <translation>Aceptadas</translation>
    </message>
    <message>
        <source>Complete areas</source>
        <translation>Zonas completas</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corregidas</translation>
    </message>
    <message>
        <source>Crowns to learn</source>
        <translation>Copas para aprender</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Dibujadas</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Sin mirar</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Parcela</translation>
    </message>
    <message>
        <source>Plots to learn from</source>
        <translation>Parcelas de las que aprender</translation>
    </message>
    <message>
        <source>all of it, {size}</source>
        <translation>entera, {size}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
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
        <translation>Ninguna celda contiene terreno.</translation>
    </message>
</context>
<context>
    <name>PlotRuns</name>
    <message>
        <source>Exporting</source>
        <translation>Exportando</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Importando</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Midiendo</translation>
    </message>
    <message>
        <source>Reading crowns</source>
        <translation>Leyendo copas</translation>
    </message>
    <message>
        <source>Segmenting</source>
        <translation>Segmentando</translation>
    </message>
    <message>
        <source>{added} crowns added and {changed} changed from {name}.</source>
        <translation>{added} copas añadidas y {changed} cambiadas desde {name}.</translation>
    </message>
    <message>
        <source>{count} crowns written to {name}.</source>
        <translation>{count} copas escritas en {name}.</translation>
    </message>
    <message>
        <source>{name}: {added} crowns added, {changed} changed, {deleted} deleted, {accepted} accepted as is.</source>
        <translation>{name}: {added} copas añadidas, {changed} cambiadas, {deleted} eliminadas, {accepted} aceptadas como estaban.</translation>
    </message>
</context>
<context>
    <name>PlotWorkActions</name>
    <message>
        <source>&amp;Areas</source>
        <translation>&amp;Zonas</translation>
    </message>
    <message>
        <source>&amp;Areas and plot grid</source>
        <translation>&amp;Zonas y cuadrícula</translation>
    </message>
    <message>
        <source>&amp;Next open area</source>
        <translation>&amp;Siguiente zona abierta</translation>
    </message>
    <message>
        <source>Go to the next area or grid cell that is not done</source>
        <translation>Ir a la siguiente zona o celda de la cuadrícula sin terminar</translation>
    </message>
    <message>
        <source>List complete areas, grid cells and control plots with what is done</source>
        <translation>Listar zonas completas, celdas y parcelas de control con lo que está hecho</translation>
    </message>
    <message>
        <source>Show complete areas, plot grid and control plots on the map</source>
        <translation>Mostrar en el mapa las zonas completas, la cuadrícula y las parcelas de control</translation>
    </message>
</context>
<context>
    <name>PlotWorkPanel</name>
    <message>
        <source>All areas</source>
        <translation>Todas las zonas</translation>
    </message>
    <message>
        <source>Areas of this plot</source>
        <translation>Zonas de esta parcela</translation>
    </message>
    <message>
        <source>Complete areas</source>
        <translation>Zonas completas</translation>
    </message>
    <message>
        <source>Control plots</source>
        <translation>Parcelas de control</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>Vértices</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Dibujar</translation>
    </message>
    <message>
        <source>Draw anew</source>
        <translation>Dibujar de nuevo</translation>
    </message>
    <message>
        <source>Draw at random</source>
        <translation>Sortear al azar</translation>
    </message>
    <message>
        <source>Everything in this list is done.</source>
        <translation>Todo lo de esta lista está hecho.</translation>
    </message>
    <message>
        <source>Give the selected area another outline</source>
        <translation>Dar otro contorno a la zona seleccionada</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Cuadrícula</translation>
    </message>
    <message>
        <source>Grid cells</source>
        <translation>Celdas de la cuadrícula</translation>
    </message>
    <message>
        <source>How many control plots</source>
        <translation>Cuántas parcelas de control</translation>
    </message>
    <message>
        <source>Lay the grid</source>
        <translation>Trazar la cuadrícula</translation>
    </message>
    <message>
        <source>Move, add and remove corners of the selected area on the map</source>
        <translation>Mover, añadir y quitar en el mapa vértices de la zona seleccionada</translation>
    </message>
    <message>
        <source>Next open</source>
        <translation>Siguiente abierta</translation>
    </message>
    <message>
        <source>Seed: the same number draws the same plots</source>
        <translation>Semilla: el mismo número sortea las mismas parcelas</translation>
    </message>
    <message>
        <source>Shape of control plots</source>
        <translation>Forma de las parcelas de control</translation>
    </message>
    <message>
        <source>Share of the ground that is done</source>
        <translation>Parte del terreno que está hecha</translation>
    </message>
    <message>
        <source>Side of a grid cell</source>
        <translation>Lado de una celda de la cuadrícula</translation>
    </message>
    <message>
        <source>Size of control plots</source>
        <translation>Tamaño de las parcelas de control</translation>
    </message>
    <message>
        <source>Which areas</source>
        <translation>Qué zonas</translation>
    </message>
    <message>
        <source>circles, radius</source>
        <translation>círculos, radio</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>semilla </translation>
    </message>
    <message>
        <source>squares, side</source>
        <translation>cuadrados, lado</translation>
    </message>
    <message>
        <source>{done} of {count} done, {percent} % of the ground</source>
        <translation>{done} de {count} hechas, {percent} % del terreno</translation>
    </message>
</context>
<context>
    <name>ProfileStrip</name>
    <message>
        <source>   (ground estimated)</source>
        <translation>   (terreno estimado)</translation>
    </message>
    <message>
        <source>At {at}:   surface {surface}   ground {ground}   height {height}</source>
        <translation>En {at}:   superficie {surface}   terreno {ground}   altura {height}</translation>
    </message>
    <message>
        <source>Height profile</source>
        <translation>Perfil de alturas</translation>
    </message>
    <message>
        <source>There is no DSM along this line.</source>
        <translation>No hay MDS a lo largo de esta línea.</translation>
    </message>
    <message>
        <source>{length} long, highest {height} above the ground</source>
        <translation>{length} de largo, lo más alto a {height} sobre el terreno</translation>
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
        <translation>Mayús</translation>
    </message>
</context>
<context>
    <name>QuickFilters</name>
    <message>
        <source>A line between two tiles of the run cuts it</source>
        <translation>La corta una línea entre dos teselas del proceso</translation>
    </message>
    <message>
        <source>A person accepted it</source>
        <translation>Una persona la aceptó</translation>
    </message>
    <message>
        <source>A person drew it or changed its outline</source>
        <translation>Una persona la dibujó o cambió su contorno</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptadas</translation>
    </message>
    <message>
        <source>Cut by the edge</source>
        <translation>Cortada por el borde</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Editadas</translation>
    </message>
    <message>
        <source>Heights apart</source>
        <translation>Alturas en desacuerdo</translation>
    </message>
    <message>
        <source>It has a note</source>
        <translation>Tiene una nota</translation>
    </message>
    <message>
        <source>It has no species</source>
        <translation>No tiene especie</translation>
    </message>
    <message>
        <source>Its height is not known</source>
        <translation>No se conoce su altura</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grandes</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Bajas</translation>
    </message>
    <message>
        <source>No height</source>
        <translation>Sin altura</translation>
    </message>
    <message>
        <source>No species</source>
        <translation>Sin especie</translation>
    </message>
    <message>
        <source>Nobody has confirmed its species</source>
        <translation>Nadie ha confirmado su especie</translation>
    </message>
    <message>
        <source>Nobody has reviewed it</source>
        <translation>Nadie la ha revisado</translation>
    </message>
    <message>
        <source>On a seam</source>
        <translation>En una costura</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Propuestas</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeñas</translation>
    </message>
    <message>
        <source>Species from a model</source>
        <translation>Especie de un modelo</translation>
    </message>
    <message>
        <source>Tall</source>
        <translation>Altas</translation>
    </message>
    <message>
        <source>The heights show two trees in it</source>
        <translation>Las alturas muestran dos árboles en ella</translation>
    </message>
    <message>
        <source>The model was less than half sure of the crown</source>
        <translation>El modelo estaba menos que medio seguro de la copa</translation>
    </message>
    <message>
        <source>The model&apos;s height is a fifth or more off the CHM&apos;s</source>
        <translation>La altura del modelo difiere un quinto o más de la del MDC</translation>
    </message>
    <message>
        <source>The mosaic ends inside it</source>
        <translation>El mosaico termina dentro de ella</translation>
    </message>
    <message>
        <source>The tenth of the plot that is largest</source>
        <translation>El décimo de la parcela con las copas más grandes</translation>
    </message>
    <message>
        <source>The tenth of the plot that is lowest</source>
        <translation>El décimo de la parcela con las copas más bajas</translation>
    </message>
    <message>
        <source>The tenth of the plot that is smallest</source>
        <translation>El décimo de la parcela con las copas más pequeñas</translation>
    </message>
    <message>
        <source>The tenth of the plot that is tallest</source>
        <translation>El décimo de la parcela con las copas más altas</translation>
    </message>
    <message>
        <source>Two peaks</source>
        <translation>Dos ápices</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Inseguras</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Con nota</translation>
    </message>
</context>
<context>
    <name>ReadTraitsDialog</name>
    <message>
        <source>Also crowns that it has read before</source>
        <translation>También las copas que ya leyó antes</translation>
    </message>
    <message>
        <source>Height and species by a model</source>
        <translation>Altura y especie con un modelo</translation>
    </message>
    <message>
        <source>Heights appear beside those from the CHM. Species are written in one step that undo takes back; names that you gave stay. Stop at any time: what was read is kept.</source>
        <translation>Las alturas aparecen junto a las del MDC. Las especies se escriben en un solo paso que deshacer retira; los nombres que usted dio se quedan. Detenga cuando quiera: lo leído se conserva.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>No such model is installed. Models &gt; Manage models shows what there is and adds one.</source>
        <translation>No hay ningún modelo de este tipo instalado. Modelos &gt; Gestionar los modelos muestra lo que hay y añade uno.</translation>
    </message>
    <message>
        <source>Read the crowns</source>
        <translation>Leer las copas</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No plots yet</source>
        <translation>Aún no hay parcelas</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Abrir &amp;reciente</translation>
    </message>
</context>
<context>
    <name>RecentPlot</name>
    <message>
        <source>Not found. Click to look for it.</source>
        <translation>No se encuentra. Pulse para buscarlo.</translation>
    </message>
    <message>
        <source>{name}, not found</source>
        <translation>{name}, no se encuentra</translation>
    </message>
</context>
<context>
    <name>ReportActions</name>
    <message>
        <source>&amp;Report…</source>
        <translation>&amp;Informe…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Report on one tree written to {name}.</source>
        <translation>Informe de un árbol escrito en {name}.</translation>
    </message>
    <message>
        <source>Report on {count} trees written to {name}.</source>
        <translation>Informe de {count} árboles escrito en {name}.</translation>
    </message>
    <message>
        <source>The report was stopped; no file was written.</source>
        <translation>El informe se detuvo; no se escribió ningún archivo.</translation>
    </message>
    <message>
        <source>Write map, figures per hectare, charts and sources as a web page or PDF</source>
        <translation>Escribir mapa, cifras por hectárea, gráficos y fuentes como página web o PDF</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Escribiendo el informe</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Figures about</source>
        <translation>&amp;Cifras sobre</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Everywhere with data</source>
        <translation>Donde haya datos</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>Arch&amp;ivo</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Nombre un archivo.</translation>
    </message>
    <message>
        <source>Only &amp;reviewed crowns (accepted, edited or drawn)</source>
        <translation>Solo las copas &amp;revisadas (aceptadas, editadas o dibujadas)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The area of interest</source>
        <translation>El área de interés</translation>
    </message>
    <message>
        <source>The area of interest, or else the whole plot</source>
        <translation>El área de interés o, si no la hay, toda la parcela</translation>
    </message>
    <message>
        <source>The complete areas</source>
        <translation>Las zonas completas</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>No existe la carpeta {folder}.</translation>
    </message>
    <message>
        <source>This plot has no area of interest. Drop its file on the window to give it one.</source>
        <translation>Esta parcela no tiene área de interés. Suelte su archivo sobre la ventana para dársela.</translation>
    </message>
    <message>
        <source>This plot has no complete area yet. Draw one with the area tool, or choose another area.</source>
        <translation>Esta parcela aún no tiene zonas completas. Dibuje una con la herramienta de zonas, o elija otra zona.</translation>
    </message>
    <message>
        <source>Trees of {count} complete areas: {names}</source>
        <translation>Árboles de {count} zonas completas: {names}</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Página web (*.html)</translation>
    </message>
    <message>
        <source>Write report</source>
        <translation>Escribir el informe</translation>
    </message>
    <message>
        <source>{name} exists and will be replaced.</source>
        <translation>{name} existe y se reemplazará.</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>&amp;Discard it</source>
        <translation>&amp;Descartarlo</translation>
    </message>
    <message>
        <source>&amp;Keep the model</source>
        <translation>&amp;Conservar el modelo</translation>
    </message>
    <message>
        <source>&amp;Offer it first for this plot</source>
        <translation>&amp;Ofrecerlo primero para esta parcela</translation>
    </message>
    <message>
        <source>A crown counts as found where its box overlaps the true one by at least 0.4 (IoU).</source>
        <translation>Una copa cuenta como encontrada cuando su caja se superpone a la verdadera en al menos 0,4 (IoU).</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Better: F1 rose from {old} to {f1} on {crowns} that training did not see.</source>
        <translation>Mejor: F1 subió de {old} a {f1} en {crowns} que el entrenamiento no vio.</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>F1 on {site} ({crowns})</source>
        <translation>F1 en {site} ({crowns})</translation>
    </message>
    <message>
        <source>F1 {f1} on {crowns} that training did not see.</source>
        <translation>F1 {f1} en {crowns} que el entrenamiento no vio.</translation>
    </message>
    <message>
        <source>Figures and pictures before and after</source>
        <translation>Cifras e imágenes de antes y después</translation>
    </message>
    <message>
        <source>No better: F1 {f1}, as before ({old}), on {crowns} that training did not see.</source>
        <translation>No mejor: F1 {f1}, como antes ({old}), en {crowns} que el entrenamiento no vio.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Exhaustividad</translation>
    </message>
    <message>
        <source>So few crowns say little: chance alone can move F1 by a tenth or more.</source>
        <translation>Tan pocas copas dicen poco: el azar solo ya puede mover F1 una décima o más.</translation>
    </message>
    <message>
        <source>The model is made. Without held-out crowns nobody knows whether it is better.</source>
        <translation>El modelo está hecho. Sin copas apartadas nadie sabe si es mejor.</translation>
    </message>
    <message>
        <source>Worse: F1 fell from {old} to {f1} on {crowns} that training did not see.</source>
        <translation>Peor: F1 bajó de {old} a {f1} en {crowns} que el entrenamiento no vio.</translation>
    </message>
    <message>
        <source>found and right</source>
        <translation>encontrada y correcta</translation>
    </message>
    <message>
        <source>found, but no crown</source>
        <translation>encontrada, pero no es copa</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>omitida</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Accuracy: not known yet. Control crowns, drawn at random, come up in the queue.</source>
        <translation>Exactitud: aún no se conoce. En la cola aparecen copas de control, sacadas al azar.</translation>
    </message>
    <message>
        <source>Drawn at random, to tell how good the crowns are.</source>
        <translation>Sorteadas al azar, para saber cuán buenas son las copas.</translation>
    </message>
    <message>
        <source>Every crown on the map was looked at.</source>
        <translation>Se miraron todas las copas del mapa.</translation>
    </message>
    <message>
        <source>In brackets: 95 % interval</source>
        <translation>Entre paréntesis: intervalo del 95 %</translation>
    </message>
    <message>
        <source>No missed crown drawn on {area} seen</source>
        <translation>Ninguna copa omitida dibujada en {area} vistas</translation>
    </message>
    <message>
        <source>Nothing speaks against it.</source>
        <translation>Nada habla en contra de ella.</translation>
    </message>
    <message>
        <source>Of all {count} on the map, {share} are right ({range})</source>
        <translation>De las {count} del mapa, {share} son correctas ({range})</translation>
    </message>
    <message>
        <source>Trees, however well outlined: {share} ({range})</source>
        <translation>Árboles, bien o mal delineados: {share} ({range})</translation>
    </message>
    <message>
        <source>You chose it on the map.</source>
        <translation>Usted la eligió en el mapa.</translation>
    </message>
    <message>
        <source>and one control crown, drawn at random</source>
        <translation>y una copa de control, sacada al azar</translation>
    </message>
    <message>
        <source>and {count} control crowns, drawn at random</source>
        <translation>y {count} copas de control, sacadas al azar</translation>
    </message>
    <message>
        <source>{count} missed and drawn on {area} seen: {rate} for each ha ({low} to {high})</source>
        <translation>{count} omitidas y dibujadas en {area} vistas: {rate} por ha ({low} a {high})</translation>
    </message>
    <message>
        <source>{done} decided, {waiting} to go</source>
        <translation>{done} decididas, quedan {waiting}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} a {high}</translation>
    </message>
    <message>
        <source>{pace} a minute, {left} left</source>
        <translation>{pace} por minuto, quedan {left}</translation>
    </message>
    <message>
        <source>{share} of the crowns that nobody looked at are right ({range}), by one control crown</source>
        <translation>{share} de las copas que nadie miró son correctas ({range}), según una copa de control</translation>
    </message>
    <message>
        <source>{share} of the crowns that nobody looked at are right ({range}), by {count} control crowns</source>
        <translation>{share} de las copas que nadie miró son correctas ({range}), según {count} copas de control</translation>
    </message>
</context>
<context>
    <name>ReviewActions</name>
    <message>
        <source>&amp;Accept and go on</source>
        <translation>&amp;Aceptar y seguir</translation>
    </message>
    <message>
        <source>&amp;Edit the outline</source>
        <translation>&amp;Editar el contorno</translation>
    </message>
    <message>
        <source>&amp;Leave the review</source>
        <translation>Salir de &amp;la revisión</translation>
    </message>
    <message>
        <source>&amp;Previous crown</source>
        <translation>Copa a&amp;nterior</translation>
    </message>
    <message>
        <source>&amp;Reject and go on</source>
        <translation>&amp;Rechazar y seguir</translation>
    </message>
    <message>
        <source>&amp;Review crowns</source>
        <translation>Re&amp;visar copas</translation>
    </message>
    <message>
        <source>&amp;Skip: put it off</source>
        <translation>&amp;Saltar: dejarla para después</translation>
    </message>
    <message>
        <source>Enter: done, next crown    Esc: back to the review</source>
        <translation>Intro: hecho, siguiente copa    Esc: volver a la revisión</translation>
    </message>
    <message>
        <source>Esc: back to the review</source>
        <translation>Esc: volver a la revisión</translation>
    </message>
    <message>
        <source>Every crown of the queue is decided.</source>
        <translation>Todas las copas de la cola están decididas.</translation>
    </message>
    <message>
        <source>Go through the crowns, the most doubtful first, by keyboard</source>
        <translation>Recorrer las copas con el teclado, las más dudosas primero</translation>
    </message>
    <message>
        <source>Ne&amp;xt crown</source>
        <translation>Copa si&amp;guiente</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Write a &amp;note</source>
        <translation>Escribir una &amp;nota</translation>
    </message>
    <message>
        <source>{accept}: accept    {reject}: reject    1-9: species    {edit}: edit    {note}: note    {skip}: skip    {next}: next    {previous}: back    F6: panel    Esc: leave</source>
        <translation>{accept}: aceptar    {reject}: rechazar    1-9: especie    {edit}: editar    {note}: nota    {skip}: saltar    {next}: siguiente    {previous}: atrás    F6: panel    Esc: salir</translation>
    </message>
</context>
<context>
    <name>ReviewFilters</name>
    <message>
        <source>Among the {count} that were selected</source>
        <translation>Entre las {count} que estaban seleccionadas</translation>
    </message>
    <message>
        <source>Control crowns come up only while the whole plot is reviewed</source>
        <translation>Las copas de control solo aparecen mientras se revisa toda la parcela</translation>
    </message>
    <message>
        <source>In the area {name}</source>
        <translation>En la zona {name}</translation>
    </message>
    <message>
        <source>In the present view of the map</source>
        <translation>En la vista actual del mapa</translation>
    </message>
    <message>
        <source>On the whole plot</source>
        <translation>En toda la parcela</translation>
    </message>
    <message>
        <source>Only proposed crowns</source>
        <translation>Solo las copas propuestas</translation>
    </message>
    <message>
        <source>Only unsure species</source>
        <translation>Solo las especies inseguras</translation>
    </message>
    <message>
        <source>Where to review</source>
        <translation>Dónde revisar</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source> ({share} apart)</source>
        <translation> (diferencia {share})</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>CHM {height}</source>
        <translation>MDC {height}</translation>
    </message>
    <message>
        <source>Control crown</source>
        <translation>Copa de control</translation>
    </message>
    <message>
        <source>Crown {number}</source>
        <translation>Copa {number}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Every crown that passes the filters below is decided.</source>
        <translation>Todas las copas que pasan los filtros de abajo están decididas.</translation>
    </message>
    <message>
        <source>Expected error {share}</source>
        <translation>Error esperado {share}</translation>
    </message>
    <message>
        <source>Leave the review</source>
        <translation>Salir de la revisión</translation>
    </message>
    <message>
        <source>Leave the review (Esc); nothing is lost</source>
        <translation>Salir de la revisión (Esc); no se pierde nada</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Nothing is left to review</source>
        <translation>No queda nada por revisar</translation>
    </message>
    <message>
        <source>Ranking the crowns…</source>
        <translation>Ordenando las copas…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Saltar</translation>
    </message>
    <message>
        <source>model {height}</source>
        <translation>modelo {height}</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>note ({key})</source>
        <translation>nota ({key})</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>puntuación {score}</translation>
    </message>
    <message>
        <source>{width} wide</source>
        <translation>{width} de ancho</translation>
    </message>
</context>
<context>
    <name>ReviewScores</name>
    <message>
        <source>Reject {count}</source>
        <translation>Rechazar {count}</translation>
    </message>
    <message>
        <source>Scores of the proposed crowns. Move the threshold to see which would go.</source>
        <translation>Puntuaciones de las copas propuestas. Mueva el umbral para ver cuáles se irían.</translation>
    </message>
    <message>
        <source>{count} proposed below {score} would go: dimmed on the map.</source>
        <translation>{count} propuestas por debajo de {score} se irían: atenuadas en el mapa.</translation>
    </message>
</context>
<context>
    <name>ReviewSession</name>
    <message>
        <source>This plot is open for reading only: look, but not decide.</source>
        <translation>Esta parcela está abierta solo para lectura: puede mirar, pero no decidir.</translation>
    </message>
</context>
<context>
    <name>RunModelDialog</name>
    <message>
        <source>Crowns appear on the map as they are found, and are measured at the end. You can go on working meanwhile.</source>
        <translation>Las copas aparecen en el mapa a medida que se encuentran, y se miden al final. Mientras tanto puede seguir trabajando.</translation>
    </message>
    <message>
        <source>Leave out crowns less certain than</source>
        <translation>Omitir las copas menos seguras que</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Needs a surface model (DSM), and this plot has none. Plot &gt; Rasters adds one.</source>
        <translation>Necesita un modelo de superficie (MDS), y esta parcela no tiene. Parcela &gt; Rásteres añade uno.</translation>
    </message>
    <message>
        <source>Segment this plot</source>
        <translation>Segmentar esta parcela</translation>
    </message>
    <message>
        <source>The {proposed} proposed crowns are replaced. Undo brings them back.</source>
        <translation>Las {proposed} copas propuestas se reemplazan. Deshacer las recupera.</translation>
    </message>
    <message>
        <source>The {proposed} proposed crowns are replaced; the {reviewed} that you accepted, edited or drew stay as they are. Undo brings everything back.</source>
        <translation>Las {proposed} copas propuestas se reemplazan; las {reviewed} que usted aceptó, editó o dibujó quedan como están. Deshacer lo recupera todo.</translation>
    </message>
</context>
<context>
    <name>RunNotices</name>
    <message>
        <source>&amp;Notice at the end of a run</source>
        <translation>Avisar al &amp;terminar un proceso</translation>
    </message>
    <message>
        <source>Let the desktop tell that a run has ended while you work in another program</source>
        <translation>Dejar que el escritorio avise de que un proceso terminó mientras usted trabaja en otro programa</translation>
    </message>
    <message>
        <source>{run}: done.</source>
        <translation>{run}: terminado.</translation>
    </message>
    <message>
        <source>{run}: stopped by a problem. {problem}</source>
        <translation>{run}: detenido por un problema. {problem}</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Descartar</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuar</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>&amp;Ocultar</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausa</translation>
    </message>
    <message>
        <source>, at most {time} left</source>
        <translation>, quedan como mucho {time}</translation>
    </message>
    <message>
        <source>Close this window; the training goes on</source>
        <translation>Cerrar esta ventana; el entrenamiento continúa</translation>
    </message>
    <message>
        <source>Comparing the models before and after on the held-out crowns…</source>
        <translation>Comparando los modelos de antes y después en las copas apartadas…</translation>
    </message>
    <message>
        <source>Cutting the training set from the plots…</source>
        <translation>Cortando el conjunto de entrenamiento de las parcelas…</translation>
    </message>
    <message>
        <source>Delete the training; nothing is left behind</source>
        <translation>Borrar el entrenamiento; no queda nada atrás</translation>
    </message>
    <message>
        <source>How far the training is</source>
        <translation>Cuánto ha avanzado el entrenamiento</translation>
    </message>
    <message>
        <source>Learning to draw their outlines</source>
        <translation>Aprendiendo a dibujar sus contornos</translation>
    </message>
    <message>
        <source>Learning to find crowns</source>
        <translation>Aprendiendo a encontrar copas</translation>
    </message>
    <message>
        <source>Not finished: {name}</source>
        <translation>Sin terminar: {name}</translation>
    </message>
    <message>
        <source>Outlining held-out places with both models…</source>
        <translation>Delineando con ambos modelos los lugares apartados…</translation>
    </message>
    <message>
        <source>Paused: {name}. What was learned so far is kept.</source>
        <translation>En pausa: {name}. Lo aprendido hasta ahora se conserva.</translation>
    </message>
    <message>
        <source>Starting to learn…</source>
        <translation>Empezando a aprender…</translation>
    </message>
    <message>
        <source>Step {done} of {total}</source>
        <translation>Paso {done} de {total}</translation>
    </message>
    <message>
        <source>Stop after the step in work; what was learned is kept</source>
        <translation>Detener tras el paso en curso; lo aprendido se conserva</translation>
    </message>
    <message>
        <source>Stopping after the step in work…</source>
        <translation>Deteniendo tras el paso en curso…</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>{read} crowns read, {named} named</source>
        <translation>{read} copas leídas, {named} con especie</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>A run was interrupted; what it finished is kept.</source>
        <translation>Un proceso se interrumpió; lo que terminó se conserva.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>No hay nada en marcha.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Proceso</translation>
    </message>
    <message>
        <source>Runs of this plot</source>
        <translation>Procesos de esta parcela</translation>
    </message>
    <message>
        <source>Segment this plot…</source>
        <translation>Segmentar esta parcela…</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Empezado</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminado</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrumpido</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marcha</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>detenido</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>deteniendo…</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>quedan {time}</translation>
    </message>
</context>
<context>
    <name>SamplePlotMaker</name>
    <message>
        <source>Growing the sample forest</source>
        <translation>Cultivando el bosque de muestra</translation>
    </message>
</context>
<context>
    <name>ScatterChart</name>
    <message>
        <source>height {height}, crown diameter {diameter}</source>
        <translation>altura {height}, diámetro de copa {diameter}</translation>
    </message>
    <message>
        <source>no heights</source>
        <translation>sin alturas</translation>
    </message>
</context>
<context>
    <name>ShortcutActions</name>
    <message>
        <source>&amp;Keys and mouse…</source>
        <translation>&amp;Teclas y ratón…</translation>
    </message>
    <message>
        <source>1 to 9; with Shift</source>
        <translation>1 a 9; con Mayús</translation>
    </message>
    <message>
        <source>In every tool</source>
        <translation>Con cualquier herramienta</translation>
    </message>
    <message>
        <source>Keys of this &amp;tool</source>
        <translation>Teclas de esta &amp;herramienta</translation>
    </message>
    <message>
        <source>Likely species; my own</source>
        <translation>Especies probables; las mías</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>En el mapa</translation>
    </message>
    <message>
        <source>See, search and change every shortcut</source>
        <translation>Ver, buscar y cambiar cada atajo</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>What mouse and keys do in the tool in hand</source>
        <translation>Lo que hacen ratón y teclas con la herramienta actual</translation>
    </message>
    <message>
        <source>While crowns are reviewed</source>
        <translation>Mientras se revisan copas</translation>
    </message>
</context>
<context>
    <name>SpeciesActions</name>
    <message>
        <source>&amp;Change the species list…</source>
        <translation>&amp;Cambiar la lista de especies…</translation>
    </message>
    <message>
        <source>&amp;Find a species…</source>
        <translation>&amp;Buscar una especie…</translation>
    </message>
    <message>
        <source>&amp;Gallery of crowns</source>
        <translation>&amp;Galería de copas</translation>
    </message>
    <message>
        <source>&amp;Species list</source>
        <translation>Lista de e&amp;species</translation>
    </message>
    <message>
        <source>&amp;Teach species from my marks</source>
        <translation>&amp;Enseñar especies con mis marcas</translation>
    </message>
    <message>
        <source>Add, remove and order species, choose colours, import and export lists</source>
        <translation>Añadir, quitar y ordenar especies, elegir colores, importar y exportar listas</translation>
    </message>
    <message>
        <source>Crowns &amp;like the selected</source>
        <translation>Copas co&amp;mo las seleccionadas</translation>
    </message>
    <message>
        <source>Look at the doubtful ones</source>
        <translation>Mirar las dudosas</translation>
    </message>
    <message>
        <source>Name the other crowns by what your marked crowns show; mark 2 crowns of 2 species or more</source>
        <translation>Nombrar las demás copas según lo que muestran las que usted marcó; marque 2 copas de 2 especies o más</translation>
    </message>
    <message>
        <source>Pictures of crowns side by side, alike ones together, to name many at once</source>
        <translation>Imágenes de copas lado a lado, las parecidas juntas, para nombrar muchas a la vez</translation>
    </message>
    <message>
        <source>Put the crowns first in the gallery that look like the selected ones</source>
        <translation>Poner primero en la galería las copas que se parecen a las seleccionadas</translation>
    </message>
    <message>
        <source>Species of {crowns}</source>
        <translation>Especie de {crowns}</translation>
    </message>
    <message>
        <source>Take the &amp;lesson back</source>
        <translation>Retirar la &amp;lección</translation>
    </message>
    <message>
        <source>Teach now</source>
        <translation>Enseñar ahora</translation>
    </message>
    <message>
        <source>The species of this plot with their keys and colours</source>
        <translation>Las especies de esta parcela con sus teclas y colores</translation>
    </message>
    <message>
        <source>Type a name, common name or code and name the selected crowns</source>
        <translation>Escriba un nombre científico, un nombre común o un código y nombre las copas seleccionadas</translation>
    </message>
    <message>
        <source>Undo the names that the last lesson gave, while nothing was changed since</source>
        <translation>Deshacer los nombres que dio la última lección, mientras no se haya cambiado nada desde entonces</translation>
    </message>
    <message>
        <source>{count} crowns were named; undo takes that back.</source>
        <translation>Se nombraron {count} copas; deshacer lo revierte.</translation>
    </message>
    <message>
        <source>{marks} crowns of {species} species are marked: enough to name the others from them.</source>
        <translation>Hay {marks} copas de {species} especies marcadas: bastan para nombrar las demás.</translation>
    </message>
</context>
<context>
    <name>SpeciesDesk</name>
    <message>
        <source>1 to 9 name one crown by its model. For several: Shift+1 to 9, the species of the list.</source>
        <translation>1 a 9 nombran una sola copa por su modelo. Para varias: Mayús+1 a 9, las especies de la lista.</translation>
    </message>
    <message>
        <source>No model has told a species of this crown. Shift+1 to 9 name one of the list.</source>
        <translation>Ningún modelo ha dicho la especie de esta copa. Mayús+1 a 9 nombran una de la lista.</translation>
    </message>
    <message>
        <source>Select a crown first: 1 to 9 take the species that a model holds likely for it.</source>
        <translation>Seleccione antes una copa: 1 a 9 toman la especie que un modelo ve probable para ella.</translation>
    </message>
    <message>
        <source>Select crowns first, then choose their species.</source>
        <translation>Seleccione primero copas y elija después su especie.</translation>
    </message>
    <message>
        <source>The species list has no {number}th species.</source>
        <translation>La lista de especies no tiene {number}.ª especie.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so no crown can be named.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se puede nombrar ninguna copa.</translation>
    </message>
    <message>
        <source>{rank}: the model holds only {count} species likely for this crown.</source>
        <translation>{rank}: el modelo solo ve probables {count} especies para esta copa.</translation>
    </message>
</context>
<context>
    <name>SpeciesFinder</name>
    <message>
        <source>Species, common name or code</source>
        <translation>Especie, nombre común o código</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>tal como se escribe</translation>
    </message>
</context>
<context>
    <name>SpeciesKeys</name>
    <message>
        <source>No model has told a species.</source>
        <translation>Ningún modelo ha indicado una especie.</translation>
    </message>
    <message>
        <source>Species {name}, key {digit}</source>
        <translation>Especie {name}, tecla {digit}</translation>
    </message>
    <message>
        <source>With Shift: {species}</source>
        <translation>Con Mayús: {species}</translation>
    </message>
</context>
<context>
    <name>SpeciesLesson</name>
    <message>
        <source>Mark more crowns to make it surer.</source>
        <translation>Marque más copas para hacerla más segura.</translation>
    </message>
    <message>
        <source>Taught with {marks} marks; too few to say how sure it is.</source>
        <translation>Enseñado con {marks} marcas; demasiado pocas para decir cuán seguro es.</translation>
    </message>
    <message>
        <source>Tested on {marks} marks that it had not seen, it named {right} right ({low} to {high}).</source>
        <translation>Probado con {marks} marcas que no había visto, acertó el {right} ({low} a {high}).</translation>
    </message>
</context>
<context>
    <name>SpeciesListDialog</name>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Añadir…</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Color</translation>
    </message>
    <message>
        <source>&amp;Delete list</source>
        <translation>&amp;Eliminar la lista</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>A&amp;bajo</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>A&amp;rriba</translation>
    </message>
    <message>
        <source>Add a species from all lists, or any name</source>
        <translation>Añadir una especie de todas las listas, o cualquier nombre</translation>
    </message>
    <message>
        <source>Add a species to the list</source>
        <translation>Añadir una especie a la lista</translation>
    </message>
    <message>
        <source>By its place in the list</source>
        <translation>Según su lugar en la lista</translation>
    </message>
    <message>
        <source>Delete your list; plots keep their copy</source>
        <translation>Eliminar su lista; las parcelas conservan su copia</translation>
    </message>
    <message>
        <source>Deleted. This plot keeps its copy until you choose another list.</source>
        <translation>Eliminada. Esta parcela conserva su copia hasta que elija otra lista.</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Export the species list</source>
        <translation>Exportar la lista de especies</translation>
    </message>
    <message>
        <source>Import a species list</source>
        <translation>Importar una lista de especies</translation>
    </message>
    <message>
        <source>Its colour on the map and in the gallery</source>
        <translation>Su color en el mapa y en la galería</translation>
    </message>
    <message>
        <source>Move it down</source>
        <translation>Bajarla</translation>
    </message>
    <message>
        <source>Move it up; the first nine have a key</source>
        <translation>Subirla; las nueve primeras tienen tecla</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>Nombre de la lista</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>Guardar y usar</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Lista de especies</translation>
    </message>
    <message>
        <source>Species lists (*.csv *.txt);;All files (*)</source>
        <translation>Listas de especies (*.csv *.txt);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Species lists (*.csv)</source>
        <translation>Listas de especies (*.csv)</translation>
    </message>
    <message>
        <source>Take the marked species off the list</source>
        <translation>Quitar de la lista las especies marcadas</translation>
    </message>
    <message>
        <source>Take the species of a CSV or of a text with one name a line</source>
        <translation>Tomar las especies de un CSV o de un texto con un nombre por línea</translation>
    </message>
    <message>
        <source>The first nine have the keys Shift+1 to Shift+9 and colours that every kind of colour vision tells apart. “dead”, “unknown” and “not a tree” stand below every list.</source>
        <translation>Las nueve primeras tienen las teclas Mayús+1 a Mayús+9 y colores que cualquier visión cromática distingue. “Muerto”, “desconocido” y “no es un árbol” están al pie de toda lista.</translation>
    </message>
    <message>
        <source>Write the list as CSV</source>
        <translation>Escribir la lista como CSV</translation>
    </message>
    <message>
        <source>Written to {name}.</source>
        <translation>Escrito en {name}.</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>aún sin usar</translation>
    </message>
    <message>
        <source>{count} species read from {name}.</source>
        <translation>{count} especies leídas de {name}.</translation>
    </message>
    <message>
        <source>{list}, my list</source>
        <translation>{list}, mi lista</translation>
    </message>
    <message>
        <source>{name} stands below every list already.</source>
        <translation>{name} ya está al pie de toda lista.</translation>
    </message>
</context>
<context>
    <name>SpeciesLists</name>
    <message>
        <source>Eastern Canada</source>
        <translation>Este de Canadá</translation>
    </message>
    <message>
        <source>Eastern North America</source>
        <translation>Este de Norteamérica</translation>
    </message>
    <message>
        <source>Europe</source>
        <translation>Europa</translation>
    </message>
    <message>
        <source>Western North America</source>
        <translation>Oeste de Norteamérica</translation>
    </message>
</context>
<context>
    <name>SpeciesOffers</name>
    <message>
        <source>Species that fit</source>
        <translation>Especies que encajan</translation>
    </message>
</context>
<context>
    <name>SpeciesPanel</name>
    <message>
        <source>Change the list, make one of your own, import or export</source>
        <translation>Cambiar la lista, hacer una propia, importar o exportar</translation>
    </message>
    <message>
        <source>Change the species list</source>
        <translation>Cambiar la lista de especies</translation>
    </message>
    <message>
        <source>Click or Shift+1 to 9 names {crowns}.</source>
        <translation>Un clic o Mayús+1 a 9 nombra {crowns}.</translation>
    </message>
    <message>
        <source>Open a plot to name its crowns.</source>
        <translation>Abra una parcela para nombrar sus copas.</translation>
    </message>
    <message>
        <source>Reading only.</source>
        <translation>Solo lectura.</translation>
    </message>
    <message>
        <source>Search all species: name, common name or code</source>
        <translation>Buscar en todas las especies: nombre científico, nombre común o código</translation>
    </message>
    <message>
        <source>Search species</source>
        <translation>Buscar especies</translation>
    </message>
    <message>
        <source>Select crowns, then click a species or press Shift+1 to 9.</source>
        <translation>Seleccione copas y pulse después una especie o Mayús+1 a 9.</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Lista de especies</translation>
    </message>
    <message>
        <source>The list of this plot; it is kept with the plot</source>
        <translation>La lista de esta parcela; se guarda con la parcela</translation>
    </message>
</context>
<context>
    <name>SpeciesRows</name>
    <message>
        <source>Shift+{key}</source>
        <translation>Mayús+{key}</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
</context>
<context>
    <name>SpeciesTeaching</name>
    <message>
        <source>Teaching</source>
        <translation>Enseñanza</translation>
    </message>
</context>
<context>
    <name>StatisticsPanel</name>
    <message>
        <source>Biomass</source>
        <translation>Biomasa</translation>
    </message>
    <message>
        <source>By crown area</source>
        <translation>Por área de copa</translation>
    </message>
    <message>
        <source>Crown diameter</source>
        <translation>Diámetro de copa</translation>
    </message>
    <message>
        <source>Cut by border</source>
        <translation>En el borde</translation>
    </message>
    <message>
        <source>Estimated, with its 95 % interval; the report names the equation</source>
        <translation>Estimado, con su intervalo del 95 %; el informe indica la ecuación</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Height (m) by crown</source>
        <translation>Altura (m) por copa</translation>
    </message>
    <message>
        <source>Heights and crown diameters are those of the trees that the mosaic&apos;s border does not cut</source>
        <translation>Las alturas y los diámetros son de los árboles que el borde del mosaico no corta</translation>
    </message>
    <message>
        <source>Mean height</source>
        <translation>Altura media</translation>
    </message>
    <message>
        <source>Mean height weighted by crown area, like Lorey&apos;s height</source>
        <translation>Altura media ponderada por el área de copa, como la altura de Lorey</translation>
    </message>
    <message>
        <source>Per hectare</source>
        <translation>Por hectárea</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Seleccionadas</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Especie</translation>
    </message>
    <message>
        <source>Trees</source>
        <translation>Árboles</translation>
    </message>
    <message>
        <source>Trees wherever the orthomosaic has data</source>
        <translation>Árboles dondequiera que el ortomosaico tenga datos</translation>
    </message>
    <message>
        <source>Trees whose crown has its centre in the area of interest</source>
        <translation>Árboles cuya copa tiene su centro en el área de interés</translation>
    </message>
    <message>
        <source>crown diameter, m</source>
        <translation>diámetro de copa, m</translation>
    </message>
    <message>
        <source>height, m</source>
        <translation>altura, m</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>sin nombre</translation>
    </message>
    <message>
        <source>{count} on {area}</source>
        <translation>{count} en {area}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Scale of the map</source>
        <translation>Escala del mapa</translation>
    </message>
    <message>
        <source>Scale: type one, such as 1:250</source>
        <translation>Escala: escriba una, como 1:250</translation>
    </message>
    <message>
        <source>height {metres}</source>
        <translation>altura {metres}</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>selección: {count}</translation>
    </message>
    <message>
        <source>{crowns} found so far</source>
        <translation>{crowns} encontradas hasta ahora</translation>
    </message>
</context>
<context>
    <name>StatusLink</name>
    <message>
        <source>Coordinate reference system of the plot</source>
        <translation>Sistema de referencia de coordenadas de la parcela</translation>
    </message>
    <message>
        <source>Preparing the map</source>
        <translation>Preparando el mapa</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>local CRS</source>
        <translation>SRC local</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>sin SRC</translation>
    </message>
</context>
<context>
    <name>TableActions</name>
    <message>
        <source>&amp;Copy rows for a spreadsheet</source>
        <translation>&amp;Copiar filas para una hoja de cálculo</translation>
    </message>
    <message>
        <source>&amp;Filter the table</source>
        <translation>&amp;Filtrar la tabla</translation>
    </message>
    <message>
        <source>&amp;Paste into the marked column</source>
        <translation>&amp;Pegar en la columna marcada</translation>
    </message>
    <message>
        <source>&amp;Select what the filter shows</source>
        <translation>&amp;Seleccionar lo que muestra el filtro</translation>
    </message>
    <message>
        <source>Add columns of your own: text, numbers, yes or no, dates, choices</source>
        <translation>Añadir columnas propias: texto, números, sí o no, fechas, opciones</translation>
    </message>
    <message>
        <source>C&amp;hoose columns…</source>
        <translation>&amp;Elegir columnas…</translation>
    </message>
    <message>
        <source>Change &amp;many crowns…</source>
        <translation>Cambiar &amp;muchas copas…</translation>
    </message>
    <message>
        <source>Copy the selected crowns with the columns that the table shows</source>
        <translation>Copiar las copas seleccionadas con las columnas que muestra la tabla</translation>
    </message>
    <message>
        <source>Fi&amp;elds of this plot…</source>
        <translation>Campos &amp;de esta parcela…</translation>
    </message>
    <message>
        <source>Give all selected crowns, or all that the filter shows, a value at once</source>
        <translation>Dar un valor de una vez a todas las copas seleccionadas, o a todas las que muestra el filtro</translation>
    </message>
    <message>
        <source>Select on the map the crowns that the table shows</source>
        <translation>Seleccionar en el mapa las copas que muestra la tabla</translation>
    </message>
    <message>
        <source>Show, hide and arrange the columns of the table</source>
        <translation>Mostrar, ocultar y ordenar las columnas de la tabla</translation>
    </message>
    <message>
        <source>Type which crowns the table shows</source>
        <translation>Escribir qué copas muestra la tabla</translation>
    </message>
    <message>
        <source>Write copied values into a column of the selected crowns</source>
        <translation>Escribir valores copiados en una columna de las copas seleccionadas</translation>
    </message>
</context>
<context>
    <name>TableClipboard</name>
    <message>
        <source>Nothing to change: these values are there already.</source>
        <translation>Nada que cambiar: estos valores ya están ahí.</translation>
    </message>
    <message>
        <source>Select the rows to paste into first.</source>
        <translation>Seleccione primero las filas donde pegar.</translation>
    </message>
    <message>
        <source>{column} is measured and cannot be pasted into.</source>
        <translation>{column} se mide y no se puede pegar en ella.</translation>
    </message>
    <message>
        <source>{count} changed. Ctrl+Z takes it back.</source>
        <translation>{count} cambiadas. Ctrl+Z lo deshace.</translation>
    </message>
    <message>
        <source>{count} copied as a table.</source>
        <translation>{count} copiadas como tabla.</translation>
    </message>
    <message>
        <source>{lines} lines were copied, and {rows} rows are selected. Copy one value, or as many as rows.</source>
        <translation>Se copiaron {lines} líneas, y hay {rows} filas seleccionadas. Copie un solo valor, o tantos como filas.</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Add a corner</source>
        <translation>Añadir un vértice</translation>
    </message>
    <message>
        <source>Area {number}</source>
        <translation>Zona {number}</translation>
    </message>
    <message>
        <source>Backspace takes corners back.</source>
        <translation>Retroceso quita vértices.</translation>
    </message>
    <message>
        <source>Backspace: take back    Esc: drop</source>
        <translation>Retroceso: quitar    Esc: abandonar</translation>
    </message>
    <message>
        <source>Click a crown    Right-click: not this    Drag: box around it    Esc: back to Select</source>
        <translation>Clic en una copa    Clic derecho: esto no    Arrastrar: caja alrededor    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Click along the edge of the crown    Space+drag: move the map    Esc: back to Select</source>
        <translation>Pulse a lo largo del borde de la copa    Espacio+arrastrar: mover el mapa    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Click the area whose outline you want to correct</source>
        <translation>Haga clic en la zona cuyo contorno quiera corregir</translation>
    </message>
    <message>
        <source>Click the corners of an area in which every crown is outlined, or drag a rectangle</source>
        <translation>Pulse los vértices de una zona en la que todas las copas están delineadas, o arrastre un rectángulo</translation>
    </message>
    <message>
        <source>Click the crown that is cut out of crown {number}    Esc: let go</source>
        <translation>Pulse la copa que se recorta de la copa {number}    Esc: soltar</translation>
    </message>
    <message>
        <source>Click the crown that is too large</source>
        <translation>Pulse la copa demasiado grande</translation>
    </message>
    <message>
        <source>Click the crown to change; Shift+click adds more    Esc: back to Select</source>
        <translation>Pulse la copa que se cambia; Mayús+clic añade más    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Click the crown whose outline you want to correct</source>
        <translation>Pulse la copa cuyo contorno quiere corregir</translation>
    </message>
    <message>
        <source>Click what belongs to the selected crown, right-click what does not    Esc: outline a new one</source>
        <translation>Pulse lo que pertenece a la copa seleccionada, clic derecho en lo que no    Esc: delinear una nueva</translation>
    </message>
    <message>
        <source>Click: first point of a distance or an area    Esc: back to Select</source>
        <translation>Clic: primer punto de una distancia o un área    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Click: next point    Backspace: take back    Esc: drop the outline</source>
        <translation>Clic: punto siguiente    Retroceso: quitar    Esc: abandonar el contorno</translation>
    </message>
    <message>
        <source>Click: next point    Enter, double-click or right-click: finish    Backspace: take back</source>
        <translation>Clic: punto siguiente    Intro, doble clic o clic derecho: terminar    Retroceso: quitar</translation>
    </message>
    <message>
        <source>Click: next point    Enter, double-click or right-click: show the heights    Backspace: take back</source>
        <translation>Clic: punto siguiente    Intro, doble clic o clic derecho: mostrar las alturas    Retroceso: quitar</translation>
    </message>
    <message>
        <source>Click: next point    first point: close for the area    Enter: finish    Backspace: take back</source>
        <translation>Clic: punto siguiente    primer punto: cerrar para el área    Intro: terminar    Retroceso: quitar</translation>
    </message>
    <message>
        <source>Click: select    Shift: add    Ctrl: toggle    drag: select in a box    Del: delete the selected crowns</source>
        <translation>Clic: seleccionar    Mayús: añadir    Ctrl: alternar    arrastrar: seleccionar en una caja    Supr: eliminar las copas seleccionadas</translation>
    </message>
    <message>
        <source>Click: start of the profile    Esc: back to Select</source>
        <translation>Clic: inicio del perfil    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Cut and fill holes</source>
        <translation>Abrir y rellenar huecos</translation>
    </message>
    <message>
        <source>Cut crowns</source>
        <translation>Cortar copas</translation>
    </message>
    <message>
        <source>Drag a box around a crown    Click: more    Right-click: less    Esc: back to Select</source>
        <translation>Arrastre una caja alrededor de una copa    Clic: más    Clic derecho: menos    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Drag a corner, or a + to add one    Ctrl+click: remove a corner    Shift+drag: pick several</source>
        <translation>Arrastre un vértice, o un + para añadir uno    Ctrl+clic: quitar un vértice    Mayús+arrastrar: tomar varios</translation>
    </message>
    <message>
        <source>Drag around crowns to select them    Shift: add    Ctrl: toggle    Esc: back to Select</source>
        <translation>Arrastre alrededor de copas para seleccionarlas    Mayús: añadir    Ctrl: alternar    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Drag around the crown and let go    Space+drag: move the map    Esc: back to Select</source>
        <translation>Arrastre alrededor de la copa y suelte    Espacio+arrastrar: mover el mapa    Esc: volver a Seleccionar</translation>
    </message>
    <message>
        <source>Drag around the gap inside a crown, or click its corners    Ctrl+click in a hole: fill it</source>
        <translation>Arrastre alrededor del hueco dentro de una copa, o pulse sus vértices    Ctrl+clic en un hueco: rellenarlo</translation>
    </message>
    <message>
        <source>Drag over the crowns that are one tree, or click them one by one and press Enter</source>
        <translation>Arrastre sobre las copas que son un solo árbol, o púlselas una a una y pulse Intro</translation>
    </message>
    <message>
        <source>Drag to move the map. The wheel zooms at the cursor.</source>
        <translation>Arrastre para mover el mapa. La rueda acerca en el cursor.</translation>
    </message>
    <message>
        <source>Drag: add    Ctrl+drag: erase    [ ] or Ctrl+wheel: size ({size})    Esc: let go</source>
        <translation>Arrastrar: añadir    Ctrl+arrastrar: borrar    [ ] o Ctrl+rueda: tamaño ({size})    Esc: soltar</translation>
    </message>
    <message>
        <source>Drag: move the picked corners    Del: remove them    Shift+drag: pick more    Esc: let go</source>
        <translation>Arrastrar: mover los vértices tomados    Supr: quitarlos    Mayús+arrastrar: tomar más    Esc: soltar</translation>
    </message>
    <message>
        <source>Draw a complete area</source>
        <translation>Dibujar una zona completa</translation>
    </message>
    <message>
        <source>Draw a crown</source>
        <translation>Dibujar una copa</translation>
    </message>
    <message>
        <source>Draw a crown freehand</source>
        <translation>Dibujar una copa a mano alzada</translation>
    </message>
    <message>
        <source>Draw a line through a crown, from outside to outside    Clicks set points, Enter cuts    Esc: back</source>
        <translation>Trace una línea a través de una copa, de fuera a fuera    Los clics ponen puntos, Intro corta    Esc: volver</translation>
    </message>
    <message>
        <source>Draw a stroke over the border of a crown: it becomes the border there    Clicks set points</source>
        <translation>Trace un trazo sobre el borde de una copa: allí pasa a ser el borde    Los clics ponen puntos</translation>
    </message>
    <message>
        <source>Draw the new piece of border, from the border back to the border    Clicks set points    Esc: let go</source>
        <translation>Trace el nuevo tramo de borde, del borde de vuelta al borde    Los clics ponen puntos    Esc: soltar</translation>
    </message>
    <message>
        <source>Edit corners</source>
        <translation>Editar vértices</translation>
    </message>
    <message>
        <source>Edit corners of an area</source>
        <translation>Editar los vértices de una zona</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Enter or Space: accept, and go on with the tool</source>
        <translation>Intro o Espacio: aceptar y seguir con la herramienta</translation>
    </message>
    <message>
        <source>Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the line</source>
        <translation>Intro, doble clic o clic derecho: terminar    Retroceso: quitar    Esc: abandonar la línea</translation>
    </message>
    <message>
        <source>Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the outline</source>
        <translation>Intro, doble clic o clic derecho: terminar    Retroceso: quitar    Esc: abandonar el contorno</translation>
    </message>
    <message>
        <source>Enter, right-click or the first corner: finish    Backspace: take back    Esc: drop</source>
        <translation>Intro, clic derecho o el primer vértice: terminar    Retroceso: quitar    Esc: abandonar</translation>
    </message>
    <message>
        <source>Enter: accept ({score} % sure)</source>
        <translation>Intro: aceptar ({score} % de seguridad)</translation>
    </message>
    <message>
        <source>Enter: take what is shown    [ ]: how much    Click: another crown    Esc: let go</source>
        <translation>Intro: tomar lo que se ve    [ ]: cuánto    Clic: otra copa    Esc: soltar</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>Agrandar o encoger</translation>
    </message>
    <message>
        <source>Height profile</source>
        <translation>Perfil de alturas</translation>
    </message>
    <message>
        <source>Let go: finish    Esc: drop the line    Ctrl+Z: take the last bit back</source>
        <translation>Soltar: terminar    Esc: abandonar la línea    Ctrl+Z: quitar el último tramo</translation>
    </message>
    <message>
        <source>Let go: the rectangle is a complete area    Esc: drop it</source>
        <translation>Soltar: el rectángulo es una zona completa    Esc: abandonarlo</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>Merge crowns</source>
        <translation>Unir copas</translation>
    </message>
    <message>
        <source>Move a corner</source>
        <translation>Mover un vértice</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Mover el mapa</translation>
    </message>
    <message>
        <source>Move {} corners</source>
        <translation>Mover {} vértices</translation>
    </message>
    <message>
        <source>No model for clicking is installed. Models &gt; Manage models shows where to get one.</source>
        <translation>No hay instalado ningún modelo para clics. Modelos &gt; Gestionar los modelos muestra dónde conseguir uno.</translation>
    </message>
    <message>
        <source>Outline a crown by box</source>
        <translation>Delinear una copa con una caja</translation>
    </message>
    <message>
        <source>Outline a crown by click</source>
        <translation>Delinear una copa con un clic</translation>
    </message>
    <message>
        <source>Outline crown by click</source>
        <translation>Delinear copa con clic</translation>
    </message>
    <message>
        <source>Paint and erase</source>
        <translation>Pintar y borrar</translation>
    </message>
    <message>
        <source>Refine crown {number}</source>
        <translation>Afinar la copa {number}</translation>
    </message>
    <message>
        <source>Remove a corner</source>
        <translation>Quitar un vértice</translation>
    </message>
    <message>
        <source>Remove {} corners</source>
        <translation>Quitar {} vértices</translation>
    </message>
    <message>
        <source>Reshape a border</source>
        <translation>Rehacer un borde</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Seleccionar</translation>
    </message>
    <message>
        <source>Select the crown from which you want to erase, or begin on it.</source>
        <translation>Seleccione la copa de la que quiere borrar, o empiece sobre ella.</translation>
    </message>
    <message>
        <source>Select the crowns first.</source>
        <translation>Seleccione primero las copas.</translation>
    </message>
    <message>
        <source>Select with a lasso</source>
        <translation>Seleccionar con un lazo</translation>
    </message>
    <message>
        <source>Select {count} crowns at most: they are shown as they change.</source>
        <translation>Seleccione como máximo {count} copas: se muestran a medida que cambian.</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>Simplificar</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Suavizar</translation>
    </message>
    <message>
        <source>Subtract a crown</source>
        <translation>Restar una copa</translation>
    </message>
    <message>
        <source>Tab: another reading</source>
        <translation>Tab: otra lectura</translation>
    </message>
    <message>
        <source>The model is at work …    Enter: accept what it finds    Esc: drop</source>
        <translation>El modelo está trabajando …    Intro: aceptar lo que encuentre    Esc: abandonar</translation>
    </message>
    <message>
        <source>The model is being made ready …</source>
        <translation>El modelo se está preparando …</translation>
    </message>
    <message>
        <source>The model looks at this place for the first time …    Click, or drag a box</source>
        <translation>El modelo mira este lugar por primera vez …    Clic, o arrastre una caja</translation>
    </message>
    <message>
        <source>The model sees no crown there. Try another place, or draw it.</source>
        <translation>El modelo no ve ninguna copa ahí. Pruebe otro lugar, o dibújela.</translation>
    </message>
    <message>
        <source>The stroke goes over fewer than two crowns.</source>
        <translation>El trazo pasa por menos de dos copas.</translation>
    </message>
    <message>
        <source>There is no hole at that place.</source>
        <translation>No hay ningún hueco en ese lugar.</translation>
    </message>
    <message>
        <source>There is no orthomosaic inside this outline. Draw the area where the plot is.</source>
        <translation>No hay ortomosaico dentro de este contorno. Dibuje la zona donde está la parcela.</translation>
    </message>
    <message>
        <source>There is no orthomosaic inside this outline. Keep the area where the plot is.</source>
        <translation>No hay ortomosaico dentro de este contorno. Mantenga la zona donde está la parcela.</translation>
    </message>
    <message>
        <source>This plot has no DSM, so there are no heights along a line.</source>
        <translation>Esta parcela no tiene MDS, así que no hay alturas a lo largo de una línea.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so areas cannot be changed.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se pueden cambiar las zonas.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so areas cannot be drawn.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se pueden dibujar zonas.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be changed.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se pueden cambiar copas.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be drawn.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se pueden dibujar copas.</translation>
    </message>
    <message>
        <source>This plot is open for reading only, so crowns cannot be outlined.</source>
        <translation>Esta parcela está abierta solo para lectura, así que no se pueden delinear copas.</translation>
    </message>
    <message>
        <source>around {length}</source>
        <translation>perímetro {length}</translation>
    </message>
    <message>
        <source>click: more    right-click: less</source>
        <translation>clic: más    clic derecho: menos</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>se cruza a sí mismo</translation>
    </message>
    <message>
        <source>last side {length}</source>
        <translation>último lado {length}</translation>
    </message>
    <message>
        <source>surface {rise}</source>
        <translation>superficie {rise}</translation>
    </message>
    <message>
        <source>too much</source>
        <translation>demasiado</translation>
    </message>
    <message>
        <source>{before} → {after} corners</source>
        <translation>{before} → {after} vértices</translation>
    </message>
    <message>
        <source>{before} → {after} m²</source>
        <translation>{before} → {after} m²</translation>
    </message>
    <message>
        <source>{count} stay</source>
        <translation>{count} quedan igual</translation>
    </message>
    <message>
        <source>{edit} of {count} crowns</source>
        <translation>{edit} de {count} copas</translation>
    </message>
    <message>
        <source>{keys}: merge the {count} chosen crowns    Click: choose more or fewer    Esc: let go</source>
        <translation>{keys}: unir las {count} copas elegidas    Clic: elegir más o menos    Esc: soltar</translation>
    </message>
</context>
<context>
    <name>ToolOverlay</name>
    <message>
        <source>Any key or a click closes this. {key} shows and changes every shortcut.</source>
        <translation>Cualquier tecla o un clic cierra esto. {key} muestra y cambia todos los atajos.</translation>
    </message>
    <message>
        <source>Keys and gestures of the tool in hand</source>
        <translation>Teclas y gestos de la herramienta actual</translation>
    </message>
</context>
<context>
    <name>TwinNotice</name>
    <message>
        <source>Split</source>
        <translation>Dividir</translation>
    </message>
    <message>
        <source>The heights show {count} peaks in it</source>
        <translation>Las alturas muestran {count} ápices en ella</translation>
    </message>
</context>
<context>
    <name>TwoDatesActions</name>
    <message>
        <source>&amp;Carry crowns over</source>
        <translation>&amp;Trasladar copas</translation>
    </message>
    <message>
        <source>C&amp;lose the second survey</source>
        <translation>C&amp;errar el segundo vuelo</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Tabla CSV (*.csv)</translation>
    </message>
    <message>
        <source>Compare a&amp;gain</source>
        <translation>Comparar de n&amp;uevo</translation>
    </message>
    <message>
        <source>Compare with last year&apos;s plot or orthomosaic of the same place</source>
        <translation>Comparar con la parcela o el ortomosaico del año pasado del mismo lugar</translation>
    </message>
    <message>
        <source>Export &amp;table…</source>
        <translation>Exportar la &amp;tabla…</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>Exportar la tabla</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Match the crowns as they are now with those of the second survey</source>
        <translation>Emparejar las copas tal como están ahora con las del segundo vuelo</translation>
    </message>
    <message>
        <source>Open a &amp;second survey…</source>
        <translation>Abrir un &amp;segundo vuelo…</translation>
    </message>
    <message>
        <source>Open a second survey of this place</source>
        <translation>Abrir un segundo vuelo de este lugar</translation>
    </message>
    <message>
        <source>Put earlier crowns that have no partner here as proposals</source>
        <translation>Poner como propuestas las copas anteriores que no tienen pareja aquí</translation>
    </message>
    <message>
        <source>Show the &amp;other date</source>
        <translation>Mostrar la &amp;otra fecha</translation>
    </message>
    <message>
        <source>Show the orthomosaic of the second survey instead, and back</source>
        <translation>Mostrar el ortomosaico del segundo vuelo en su lugar, y volver</translation>
    </message>
    <message>
        <source>Two dates</source>
        <translation>Dos fechas</translation>
    </message>
    <message>
        <source>Write growth, losses and new trees as CSV or GeoPackage</source>
        <translation>Escribir crecimiento, pérdidas y árboles nuevos como CSV o GeoPackage</translation>
    </message>
    <message>
        <source>{count} trees written to {path}.</source>
        <translation>{count} árboles escritos en {path}.</translation>
    </message>
</context>
<context>
    <name>TwoDatesPanel</name>
    <message>
        <source>All trees</source>
        <translation>Todos los árboles</translation>
    </message>
    <message>
        <source>Beside {name}</source>
        <translation>Junto a {name}</translation>
    </message>
    <message>
        <source>Carry over</source>
        <translation>Trasladar</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Comparar de nuevo</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparando…</translation>
    </message>
    <message>
        <source>Day of the earlier survey</source>
        <translation>Día del vuelo anterior</translation>
    </message>
    <message>
        <source>Day of the open survey</source>
        <translation>Día del vuelo abierto</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Median growth {growth}.</source>
        <translation>Crecimiento mediano {growth}.</translation>
    </message>
    <message>
        <source>Mortality {percent} %.</source>
        <translation>Mortalidad {percent} %.</translation>
    </message>
    <message>
        <source>No second survey</source>
        <translation>Sin segundo vuelo</translation>
    </message>
    <message>
        <source>Open last year&apos;s plot of this place, to see growth, losses and new trees.</source>
        <translation>Abra la parcela del año pasado de este lugar para ver crecimiento, pérdidas y árboles nuevos.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Abrir…</translation>
    </message>
    <message>
        <source>This plot has no crowns yet, so every earlier tree counts as gone. Carry them over, or outline this plot first.</source>
        <translation>Esta parcela aún no tiene copas, así que cada árbol anterior cuenta como desaparecido. Trasládelas, o delinee antes esta parcela.</translation>
    </message>
    <message>
        <source>Trees of two dates</source>
        <translation>Árboles de dos fechas</translation>
    </message>
    <message>
        <source>Which trees</source>
        <translation>Qué árboles</translation>
    </message>
    <message>
        <source>day now</source>
        <translation>día de hoy</translation>
    </message>
    <message>
        <source>day then</source>
        <translation>día anterior</translation>
    </message>
    <message>
        <source>{name} has no crowns, so every tree here counts as new. Outline its crowns first: open it as a plot.</source>
        <translation>{name} no tiene copas, así que cada árbol de aquí cuenta como nuevo. Delinéelas antes: ábralo como parcela.</translation>
    </message>
    <message>
        <source>{name}, typed as 2025-07-31</source>
        <translation>{name}, escrito como 2025-07-31</translation>
    </message>
    <message>
        <source>“{text}” is no day. Type it as 2025-07-31.</source>
        <translation>“{text}” no es un día. Escríbalo como 2025-07-31.</translation>
    </message>
</context>
<context>
    <name>TypedEditors</name>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>varies</source>
        <translation>varía</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
</context>
<context>
    <name>UnheardKeys</name>
    <message>
        <source>{action}: {reason}</source>
        <translation>{action}: {reason}</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>{count} crown</source>
        <translation>{count} copa</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} copas</translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Pantalla &amp;completa</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;Sistema</translation>
    </message>
    <message>
        <source>Canopy hei&amp;ght</source>
        <translation>&amp;Altura del dosel</translation>
    </message>
    <message>
        <source>DSM &amp;colours</source>
        <translation>&amp;Colores del MDS</translation>
    </message>
    <message>
        <source>DSM &amp;hillshade</source>
        <translation>&amp;Sombreado del MDS</translation>
    </message>
    <message>
        <source>Show cro&amp;wns</source>
        <translation>Mostrar las co&amp;pas</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Acerca&amp;r</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ale&amp;jar</translation>
    </message>
    <message>
        <source>Zoom to the &amp;plot</source>
        <translation>Acercar a la parce&amp;la</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>A small forest made on this computer, with known crowns. Works offline.</source>
        <translation>Un pequeño bosque hecho en este equipo, con copas conocidas. Funciona sin conexión.</translation>
    </message>
    <message>
        <source>An orthomosaic (GeoTIFF) with its DSM, or a BirchTree plot (.birch.gpkg)</source>
        <translation>Un ortomosaico (GeoTIFF) con su MDS, o una parcela de BirchTree (.birch.gpkg)</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Idioma de la ventana</translation>
    </message>
    <message>
        <source>Open a plot…</source>
        <translation>Abrir una parcela…</translation>
    </message>
    <message>
        <source>Outline, measure and correct every tree crown of a drone survey.</source>
        <translation>Delinee, mida y corrija cada copa de árbol de un vuelo de dron.</translation>
    </message>
    <message>
        <source>Plots that you open appear here.</source>
        <translation>Las parcelas que abra aparecen aquí.</translation>
    </message>
    <message>
        <source>Recent plots</source>
        <translation>Parcelas recientes</translation>
    </message>
    <message>
        <source>Try the sample plot</source>
        <translation>Probar la parcela de muestra</translation>
    </message>
    <message>
        <source>You can also drop files anywhere in this window.</source>
        <translation>También puede soltar archivos en cualquier lugar de esta ventana.</translation>
    </message>
</context>
<context>
    <name>WhyNot</name>
    <message>
        <source>A run is going on: wait for its end, or stop it.</source>
        <translation>Hay un proceso en marcha: espere a que termine, o deténgalo.</translation>
    </message>
    <message>
        <source>Name some crowns of each species first.</source>
        <translation>Nombre antes algunas copas de cada especie.</translation>
    </message>
    <message>
        <source>No run is going on.</source>
        <translation>No hay ningún proceso en marcha.</translation>
    </message>
    <message>
        <source>No run was interrupted.</source>
        <translation>No se interrumpió ningún proceso.</translation>
    </message>
    <message>
        <source>Only in the review of crowns.</source>
        <translation>Solo durante la revisión de copas.</translation>
    </message>
    <message>
        <source>Only while the swipe line is there.</source>
        <translation>Solo mientras está la cortina.</translation>
    </message>
    <message>
        <source>Open a plot first.</source>
        <translation>Abra antes una parcela.</translation>
    </message>
    <message>
        <source>Open a second survey first.</source>
        <translation>Abra antes un segundo vuelo.</translation>
    </message>
    <message>
        <source>Select a crown first.</source>
        <translation>Seleccione antes una copa.</translation>
    </message>
    <message>
        <source>The latest edit is no lesson.</source>
        <translation>La última edición no es una lección.</translation>
    </message>
    <message>
        <source>The review is going on.</source>
        <translation>La revisión está en marcha.</translation>
    </message>
    <message>
        <source>The sample plot is being made.</source>
        <translation>Se está preparando la parcela de ejemplo.</translation>
    </message>
    <message>
        <source>The second survey has no crowns.</source>
        <translation>El segundo vuelo no tiene copas.</translation>
    </message>
    <message>
        <source>The two surveys are being compared.</source>
        <translation>Se están comparando los dos vuelos.</translation>
    </message>
    <message>
        <source>The two surveys were not compared yet.</source>
        <translation>Los dos vuelos aún no se han comparado.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>No hay nada que rehacer.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>No hay nada que deshacer.</translation>
    </message>
    <message>
        <source>This plot does not say where on Earth it lies: its orthomosaic has no CRS.</source>
        <translation>Esta parcela no dice en qué lugar de la Tierra está: su ortomosaico no tiene sistema de coordenadas.</translation>
    </message>
    <message>
        <source>This plot has no DSM: Plot &gt; Rasters adds one.</source>
        <translation>Esta parcela no tiene MDS: Parcela &gt; Rásteres añade uno.</translation>
    </message>
    <message>
        <source>This plot has no crowns yet.</source>
        <translation>Esta parcela aún no tiene copas.</translation>
    </message>
    <message>
        <source>This plot is open for reading only.</source>
        <translation>Esta parcela está abierta solo para lectura.</translation>
    </message>
</context>
<context>
    <name>WindowLink</name>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Abrir {name}</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Abriendo {name}</translation>
    </message>
</context>
<context>
    <name>WorkerClient</name>
    <message>
        <source>BirchTree could not start its own worker ({program}). Install BirchTree again.</source>
        <translation>BirchTree no pudo iniciar su propio proceso ({program}). Instale BirchTree de nuevo.</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept.</source>
        <translation>Detenido. Todo lo terminado hasta ahora se conserva.</translation>
    </message>
    <message>
        <source>The work stopped unexpectedly (exit code {code}). What was finished is kept; start it again to go on.</source>
        <translation>El trabajo se detuvo de forma inesperada (código de salida {code}). Lo terminado se conserva; empiécelo de nuevo para seguir.</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> (character {at}).</source>
        <translation> (carácter {at}).</translation>
    </message>
    <message>
        <source> ({value} {unit} a year)</source>
        <translation> ({value} {unit} al año)</translation>
    </message>
    <message>
        <source> In short: {summary}</source>
        <translation> En breve: {summary}</translation>
    </message>
    <message>
        <source> Its own words: {url}.</source>
        <translation> Su propio texto: {url}.</translation>
    </message>
    <message>
        <source> and its neighbour</source>
        <translation> y su vecina</translation>
    </message>
    <message>
        <source> and others</source>
        <translation> y otras</translation>
    </message>
    <message>
        <source> with {crowns} crowns</source>
        <translation> con {crowns} copas</translation>
    </message>
    <message>
        <source> {deleted} that the file lacks were deleted, {accepted} that it left as they were accepted.</source>
        <translation> {deleted} que faltan en el archivo se eliminaron, {accepted} que dejó como estaban se aceptaron.</translation>
    </message>
    <message>
        <source> {unchanged} were there already.</source>
        <translation> {unchanged} ya estaban ahí.</translation>
    </message>
    <message>
        <source>, chosen by {VARIABLE}</source>
        <translation>, elegido por {VARIABLE}</translation>
    </message>
    <message>
        <source>, {yearly} a year.</source>
        <translation>, {yearly} al año.</translation>
    </message>
    <message>
        <source>, {years} years</source>
        <translation>, {years} años</translation>
    </message>
    <message>
        <source>--aoi complete means the complete areas of the truth, but {name} is no BirchTree project. Give a file with polygons instead.</source>
        <translation>--aoi complete significa las zonas completas de la verdad, pero {name} no es un proyecto BirchTree. Dé en su lugar un archivo con polígonos.</translation>
    </message>
    <message>
        <source>--iou must be above 0 and at most 1, not {value}.</source>
        <translation>--iou debe ser mayor que 0 y como mucho 1, no {value}.</translation>
    </message>
    <message>
        <source>--pace is for our own small model. With --preset the training itself tells at its start how long it will take.</source>
        <translation>--pace es para nuestro propio modelo pequeño. Con --preset el entrenamiento mismo dice al empezar cuánto tardará.</translation>
    </message>
    <message>
        <source>--precision {value} is not between 0 and 1.</source>
        <translation>--precision {value} no está entre 0 y 1.</translation>
    </message>
    <message>
        <source>--scheduler needs Dask distributed, which this installation lacks. Install it once, with `.venv/bin/pip install -e &apos;.[fleet]&apos;` in the folder of BirchTree&apos;s source; or leave --scheduler out, and this computer does all the work.</source>
        <translation>--scheduler necesita Dask distributed, que falta en esta instalación. Instálelo una vez con `.venv/bin/pip install -e &apos;.[fleet]&apos;` en la carpeta del código fuente de BirchTree; o quite --scheduler, y este equipo hará todo el trabajo.</translation>
    </message>
    <message>
        <source>--threshold {value} is not between 0 and 1.</source>
        <translation>--threshold {value} no está entre 0 y 1.</translation>
    </message>
    <message>
        <source>--top-k takes a number from 1 to {most}, not {found}.</source>
        <translation>--top-k admite un número de 1 a {most}, no {found}.</translation>
    </message>
    <message>
        <source>--{name} belongs to one plot, and this command names many. Put it into a list (CSV) with the columns ortho, dsm, dtm, aoi and output.</source>
        <translation>--{name} va con una sola parcela, y esta orden nombra muchas. Póngalo en una lista (CSV) con las columnas ortho, dsm, dtm, aoi y output.</translation>
    </message>
    <message>
        <source>; {up_to_date} were up to date.</source>
        <translation>; {up_to_date} estaban al día.</translation>
    </message>
    <message>
        <source>A cell of the grid needs a side of more than 0 m.</source>
        <translation>Una celda de la cuadrícula necesita un lado de más de 0 m.</translation>
    </message>
    <message>
        <source>A choice needs at least one value to choose from.</source>
        <translation>Una elección necesita al menos un valor.</translation>
    </message>
    <message>
        <source>A closing bracket is missing</source>
        <translation>Falta un paréntesis de cierre</translation>
    </message>
    <message>
        <source>A crown needs at least three corners.</source>
        <translation>Una copa necesita al menos tres vértices.</translation>
    </message>
    <message>
        <source>A field needs a name.</source>
        <translation>Un campo necesita un nombre.</translation>
    </message>
    <message>
        <source>A grid of points</source>
        <translation>Una cuadrícula de puntos</translation>
    </message>
    <message>
        <source>A grid of such cells would have {count} of them. Choose larger cells.</source>
        <translation>Una cuadrícula de tales celdas tendría {count}. Elija celdas más grandes.</translation>
    </message>
    <message>
        <source>A hole must lie wholly inside its crown. Draw it smaller.</source>
        <translation>Un hueco debe estar por entero dentro de su copa. Dibújelo más pequeño.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed already. To put another in its place, repeat the command with --replace.</source>
        <translation>Ya hay instalado un modelo {model_id}. Para poner otro en su lugar, repita la orden con --replace.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed already. To put this one in its place, repeat the command with --replace.</source>
        <translation>Ya hay instalado un modelo {model_id}. Para poner este en su lugar, repita la orden con --replace.</translation>
    </message>
    <message>
        <source>A model {model_id} is installed on that machine, but its weights or settings are not those of the model that this run uses, so its results would not match those of the other machines.</source>
        <translation>En esa máquina hay instalado un modelo {model_id}, pero sus pesos o ajustes no son los del modelo que usa este cálculo, así que sus resultados no coincidirían con los de las otras máquinas.</translation>
    </message>
    <message>
        <source>A parameter is written NAME=VALUE, but {word} is not.</source>
        <translation>Un parámetro se escribe NOMBRE=VALOR, pero {word} no lo es.</translation>
    </message>
    <message>
        <source>A plot is named twice. Name each plot once.</source>
        <translation>Una parcela se nombra dos veces. Nombre cada parcela una sola vez.</translation>
    </message>
    <message>
        <source>A plot&apos;s file must end in {suffix}, but {path} does not. Write for example -o {better}.</source>
        <translation>El archivo de una parcela debe terminar en {suffix}, pero {path} no termina así. Escriba por ejemplo -o {better}.</translation>
    </message>
    <message>
        <source>A report is written as .html or .pdf, but {name} ends otherwise. Write for example -o {better}.</source>
        <translation>Un informe se escribe como .html o .pdf, pero {name} termina de otro modo. Escriba por ejemplo -o {better}.</translation>
    </message>
    <message>
        <source>A species is named twice in {names}.</source>
        <translation>Una especie se nombra dos veces en {names}.</translation>
    </message>
    <message>
        <source>A species list needs a name of letters or digits.</source>
        <translation>Una lista de especies necesita un nombre de letras o cifras.</translation>
    </message>
    <message>
        <source>A temperature of {temperature} cannot be used: it must be a positive number. Correct the model card.</source>
        <translation>No se puede usar una temperatura de {temperature}: debe ser un número positivo. Corrija la ficha del modelo.</translation>
    </message>
    <message>
        <source>Accept crown</source>
        <translation>Aceptar copa</translation>
    </message>
    <message>
        <source>Accept {count} crowns</source>
        <translation>Aceptar {count} copas</translation>
    </message>
    <message>
        <source>Add field {title}</source>
        <translation>Añadir el campo {title}</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>Añadir {count}</translation>
    </message>
    <message>
        <source>After “{before} {sign}” a value is missing (character {at}).</source>
        <translation>Después de «{before} {sign}» falta un valor (carácter {at}).</translation>
    </message>
    <message>
        <source>After “{sign}” a text is needed (character {at}).</source>
        <translation>Después de «{sign}» hace falta un texto (carácter {at}).</translation>
    </message>
    <message>
        <source>All crowns are boxes: outlines are learned from their boxes and from what looks alike in them.</source>
        <translation>Todas las copas son cajas: los contornos se aprenden de sus cajas y de lo que se parece dentro de ellas.</translation>
    </message>
    <message>
        <source>All workers of the scheduler at {address} are gone, and none came back within {seconds} seconds. Start some with `dask worker {address}`. {resume}</source>
        <translation>Todos los trabajadores del planificador {address} han desaparecido, y ninguno volvió en {seconds} segundos. Inicie algunos con `dask worker {address}`. {resume}</translation>
    </message>
    <message>
        <source>All {up_to_date} crowns are up to date; nothing to measure.</source>
        <translation>Las {up_to_date} copas están al día; no hay nada que medir.</translation>
    </message>
    <message>
        <source>An empty name</source>
        <translation>Un nombre vacío</translation>
    </message>
    <message>
        <source>An overlap of {overlap} or a least visible share of {least_visible} cannot be: use 0 to 0.9, and more than 0 up to 1.</source>
        <translation>Un solape de {overlap} o una parte visible mínima de {least_visible} no son posibles: use de 0 a 0,9, y más de 0 hasta 1.</translation>
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
        <translation>BalSAM con nuestras reparaciones: elevación opcional y sin dátum, anclas en metros</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for Barro Colorado (100 epochs)</source>
        <translation>BalSAM con el calendario de los autores para Barro Colorado (100 épocas)</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for the forest of SBL (50 epochs)</source>
        <translation>BalSAM con el calendario de los autores para el bosque de SBL (50 épocas)</translation>
    </message>
    <message>
        <source>BalSAM with the authors&apos; schedule for the plantations of Quebec (50 epochs)</source>
        <translation>BalSAM con el calendario de los autores para las plantaciones de Quebec (50 épocas)</translation>
    </message>
    <message>
        <source>Before “{sign}” a column is missing (character {at}).</source>
        <translation>Antes de «{sign}» falta una columna (carácter {at}).</translation>
    </message>
    <message>
        <source>BirchTree does not know the SHA-256 of {url}, and never takes a file that it cannot verify. Look it up on the publisher&apos;s page (Hugging Face shows it with the file) and repeat the command with --sha256 HEX; or fetch the file with a browser and run `birchtree models convert FILE`.</source>
        <translation>BirchTree no conoce el SHA-256 de {url}, y nunca toma un archivo que no puede verificar. Búsquelo en la página de quien lo publica (Hugging Face lo muestra con el archivo) y repita la orden con --sha256 HEX; o descargue el archivo con un navegador y ejecute `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>BirchTree training set, {split}</source>
        <translation>Conjunto de entrenamiento BirchTree, {split}</translation>
    </message>
    <message>
        <source>Blocks of {block_m} m, {apart_m} m apart, cannot be: use at least {least} m for a block.</source>
        <translation>Bloques de {block_m} m, separados {apart_m} m, no son posibles: use al menos {least} m por bloque.</translation>
    </message>
    <message>
        <source>Bright crowns between valleys of shade, for plots without elevation</source>
        <translation>Copas claras entre valles de sombra, para parcelas sin elevación</translation>
    </message>
    <message>
        <source>Brought up to date; the file as it was is in {name}.</source>
        <translation>Puesto al día; el archivo tal como era está en {name}.</translation>
    </message>
    <message>
        <source>But the crowns of both surveys fit better as they are, so none was moved.</source>
        <translation>Pero las copas de ambos vuelos coinciden mejor tal como están, así que no se movió ninguna.</translation>
    </message>
    <message>
        <source>CHM</source>
        <translation>MDC</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tabla CSV</translation>
    </message>
    <message>
        <source>Carry over {count} crowns from {name}</source>
        <translation>Trasladar {count} copas de {name}</translation>
    </message>
    <message>
        <source>Change field {title}</source>
        <translation>Cambiar el campo {title}</translation>
    </message>
    <message>
        <source>Check control crown</source>
        <translation>Comprobar copa de control</translation>
    </message>
    <message>
        <source>Columns that mean nothing here were passed over: {join}.</source>
        <translation>Se pasaron por alto columnas que aquí no significan nada: {join}.</translation>
    </message>
    <message>
        <source>Control plots need a number of at least 1 and a size of more than 0 m.</source>
        <translation>Las parcelas de control necesitan un número de al menos 1 y un tamaño de más de 0 m.</translation>
    </message>
    <message>
        <source>Converting a checkpoint</source>
        <translation>La conversión de un checkpoint</translation>
    </message>
    <message>
        <source>Coordinates cannot be carried from {source} to {target}. Export the rasters again in one projected CRS.</source>
        <translation>No se pueden llevar coordenadas de {source} a {target}. Exporte los rásteres de nuevo en un mismo SRC proyectado.</translation>
    </message>
    <message>
        <source>Coordinates carried from {crs_name} to {crs_name_2}.</source>
        <translation>Coordenadas llevadas de {crs_name} a {crs_name_2}.</translation>
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
        <translation>Validación cruzada por lugar, F1 de las cajas con IoU {iou}: {figures} y {last} (docs/models/accuracy.md)</translation>
    </message>
    <message>
        <source>Cross-validated by place: of {crowns} crowns {told} % get a name and {right} % of the names are right; leaf type right for {leaf} %, species macro F1 {score}. Heights of {trees} trees against the field: RMSE {rmse} m, bias {bias} m (the canopy height model&apos;s {canopy_rmse} m and {canopy_bias} m).</source>
        <translation>Validación cruzada por lugar: de {crowns} copas, el {told} % recibe un nombre y el {right} % de esos nombres es correcto; tipo de hoja correcto en el {leaf} %, macro F1 de las especies {score}. Alturas de {trees} árboles comparadas con el campo: RMSE {rmse} m, sesgo {bias} m (modelo de altura del dosel: {canopy_rmse} m y {canopy_bias} m).</translation>
    </message>
    <message>
        <source>Crowns cannot be outlined in {name}: each of its pixels covers {gsd} m on the ground. Use an orthomosaic with pixels of {limit} m or less; 0.1 m or finer is best.</source>
        <translation>No se pueden delinear copas en {name}: cada uno de sus píxeles cubre {gsd} m en el suelo. Use un ortomosaico con píxeles de {limit} m o menos; lo mejor es 0,1 m o más fino.</translation>
    </message>
    <message>
        <source>Crowns in orthomosaics, with or without elevation</source>
        <translation>Copas en ortomosaicos, con o sin elevación</translation>
    </message>
    <message>
        <source>Crowns, trained here ({name})</source>
        <translation>Copas, entrenado aquí ({name})</translation>
    </message>
    <message>
        <source>Cut a hole into crown {tree_id}</source>
        <translation>Abrir un hueco en la copa {tree_id}</translation>
    </message>
    <message>
        <source>Cut crown {tree_id} into {count}</source>
        <translation>Cortar la copa {tree_id} en {count}</translation>
    </message>
    <message>
        <source>Cut {count} crowns into {count_2}</source>
        <translation>Cortar {count} copas en {count_2}</translation>
    </message>
    <message>
        <source>DBH: {source}; biomass: {source_2}</source>
        <translation>DAP: {source}; biomasa: {source_2}</translation>
    </message>
    <message>
        <source>DINOv3 License</source>
        <translation>DINOv3 License</translation>
    </message>
    <message>
        <source>DINOv3 License (Meta, 19 August 2025)</source>
        <translation>DINOv3 License (Meta, 19 de agosto de 2025)</translation>
    </message>
    <message>
        <source>DINOvTree-B, Barro Colorado Island: height and species of crowns</source>
        <translation>DINOvTree-B, isla de Barro Colorado: altura y especie de copas</translation>
    </message>
    <message>
        <source>DINOvTree-B, Quebec Plantations: height and species of crowns</source>
        <translation>DINOvTree-B, plantaciones de Quebec: altura y especie de copas</translation>
    </message>
    <message>
        <source>DINOvTree-B, Quebec Trees: height and species of crowns</source>
        <translation>DINOvTree-B, árboles de Quebec: altura y especie de copas</translation>
    </message>
    <message>
        <source>DSM</source>
        <translation>MDS</translation>
    </message>
    <message>
        <source>DTM</source>
        <translation>MDT</translation>
    </message>
    <message>
        <source>Damaged: {names}. Get these models again, with `birchtree models add` or `download` and --replace; until then they are not run.</source>
        <translation>Dañados: {names}. Consiga de nuevo estos modelos con `birchtree models add` o `download` y --replace; hasta entonces no se usan.</translation>
    </message>
    <message>
        <source>Delete crown</source>
        <translation>Eliminar copa</translation>
    </message>
    <message>
        <source>Delete field {name}</source>
        <translation>Eliminar el campo {name}</translation>
    </message>
    <message>
        <source>Delete {count}</source>
        <translation>Eliminar {count}</translation>
    </message>
    <message>
        <source>Delete {count} crowns</source>
        <translation>Eliminar {count} copas</translation>
    </message>
    <message>
        <source>Draw crown</source>
        <translation>Dibujar copa</translation>
    </message>
    <message>
        <source>Draw {NAMES}</source>
        <translation>Dibujar: {NAMES}</translation>
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
        <translation>Este de Canadá</translation>
    </message>
    <message>
        <source>Eastern North America</source>
        <translation>Este de Norteamérica</translation>
    </message>
    <message>
        <source>Erase from crown {tree_id}</source>
        <translation>Borrar de la copa {tree_id}</translation>
    </message>
    <message>
        <source>F1 before {f1}, after {f1_2}. {sentence}</source>
        <translation>F1 antes {f1}, después {f1_2}. {sentence}</translation>
    </message>
    <message>
        <source>F1 {f1} (precision {precision}, recall {recall}) of boxes at IoU 0.4 on {crowns} crowns of the {split} split, which training did not see.</source>
        <translation>F1 {f1} (precisión {precision}, exhaustividad {recall}) de las cajas con IoU 0,4 en {crowns} copas de la parte {split}, que el entrenamiento no vio.</translation>
    </message>
    <message>
        <source>Fill a hole of crown {tree_id}</source>
        <translation>Rellenar un hueco de la copa {tree_id}</translation>
    </message>
    <message>
        <source>Fill the holes of crown {number}</source>
        <translation>Rellenar los huecos de la copa {number}</translation>
    </message>
    <message>
        <source>Fill the holes of {count} crowns</source>
        <translation>Rellenar los huecos de {count} copas</translation>
    </message>
    <message>
        <source>For crown {tree_id}: {why}</source>
        <translation>Para la copa {tree_id}: {why}</translation>
    </message>
    <message>
        <source>Free of charge, commercial use allowed. The weights and what is made from them (a converted model too) may be passed on
only under the same agreement with a copy of it; name it in publications; keep trade controls; no military, nuclear,
espionage or weapons use; no reverse engineering; it ends when it is broken.</source>
        <translation>Gratuita, con uso comercial permitido. Los pesos y lo que se haga con ellos (también un modelo convertido) solo pueden transmitirse
bajo el mismo acuerdo y con una copia de él; nómbrela en sus publicaciones; respete los controles comerciales; ningún uso militar, nuclear,
de espionaje o de armas; sin ingeniería inversa; termina cuando se incumple.</translation>
    </message>
    <message>
        <source>GeoPackage and shapefile written and read</source>
        <translation>GeoPackage y shapefile escritos y leídos</translation>
    </message>
    <message>
        <source>GeoTIFF written and read</source>
        <translation>GeoTIFF escrito y leído</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Agrandar</translation>
    </message>
    <message>
        <source>Half of the crowns or more are unlike those that {model} was trained on, so it names no species here; teach it with `birchtree species teach`.</source>
        <translation>La mitad de las copas o más no se parecen a aquellas con que se entrenó {model}, así que aquí no nombra especies; enséñele con `birchtree species teach`.</translation>
    </message>
    <message>
        <source>Heights reach {high:.0f} m above ground: the elevation models may be in feet. If so, export them in metres.</source>
        <translation>Las alturas llegan a {high:.0f} m sobre el suelo: los modelos de elevación pueden estar en pies. Si es así, expórtelos en metros.</translation>
    </message>
    <message>
        <source>IDTReeS, 11 species, places held out: macro F1 0.23 with 5 marks a species, 0.26 with 20 (docs/models/species.md)</source>
        <translation>IDTReeS, 11 especies, lugares apartados: F1 macro 0,23 con 5 marcas por especie, 0,26 con 20 (docs/models/species.md)</translation>
    </message>
    <message>
        <source>Import {count} crowns from {name}</source>
        <translation>Importar {count} copas de {name}</translation>
    </message>
    <message>
        <source>In this file {key} stands for “{one}” and for “{other}”. Nothing was changed.</source>
        <translation>En este archivo, {key} vale para «{one}» y para «{other}». No se cambió nada.</translation>
    </message>
    <message>
        <source>IoU of masks</source>
        <translation>IoU de las máscaras</translation>
    </message>
    <message>
        <source>It has two tops with a valley of {depth_m} m between them.</source>
        <translation>Tiene dos ápices con un valle de {depth_m} m entre ellos.</translation>
    </message>
    <message>
        <source>It is not known where every crown is outlined in {name}, and a crown that is not would be taught as background. Mark complete areas in the plot, give their polygons with --complete FILE, or say --complete all when every crown of the plots is outlined.</source>
        <translation>No se sabe dónde está delineada cada copa en {name}, y una copa que no lo esté se enseñaría como fondo. Marque zonas completas en la parcela, dé sus polígonos con --complete FILE, o diga --complete all cuando todas las copas de las parcelas estén delineadas.</translation>
    </message>
    <message>
        <source>It is not known where the crowns of {ortho} go. Name a folder with -o, or give the list a column output.</source>
        <translation>No se sabe adónde van las copas de {ortho}. Nombre una carpeta con -o, o dé a la lista una columna output.</translation>
    </message>
    <message>
        <source>It is {wide_m} m wide; {low_m} to {high_m} m is usual here.</source>
        <translation>Tiene {wide_m} m de ancho; aquí lo habitual es de {low_m} a {high_m} m.</translation>
    </message>
    <message>
        <source>It lies on the seam between two tiles of the run.</source>
        <translation>Está en la costura entre dos teselas del proceso.</translation>
    </message>
    <message>
        <source>It looks unlike the trees that the model knows.</source>
        <translation>No se parece a los árboles que el modelo conoce.</translation>
    </message>
    <message>
        <source>Knows no species until it is taught, and then only those of plots flown alike: light, season and camera change its numbers.</source>
        <translation>No conoce ninguna especie hasta que se le enseña, y después solo las de parcelas voladas igual: la luz, la estación y la cámara cambian sus números.</translation>
    </message>
    <message>
        <source>Knows three forests, each from one flight with lidar, in leaf, 10 cm a pixel. It needs an elevation model, and on plots whose crowns look unlike those it says nothing. Of the species in a closed deciduous forest it tells hardly any. Its heights correct the canopy height model&apos;s towards what people measured at MLBS and OSBS; at TEAK nobody measured any. Teach it your species with a few marks.</source>
        <translation>Conoce tres bosques, cada uno por un solo vuelo con lidar, con hojas, a 10 cm por píxel. Necesita un modelo de elevación, y no dice nada de las parcelas cuyas copas no se parecen a aquellas. Apenas distingue las especies de un bosque caducifolio cerrado. Sus alturas corrigen las del modelo de altura del dosel hacia lo que se midió en MLBS y OSBS; en TEAK nadie midió ninguna. Enséñele sus especies con algunas marcas.</translation>
    </message>
    <message>
        <source>Lay {count}</source>
        <translation>Trazar {count}</translation>
    </message>
    <message>
        <source>Lay {count} areas</source>
        <translation>Trazar {count} zonas</translation>
    </message>
    <message>
        <source>Leaf type, species and height in three North American forests (needs elevation); silent elsewhere</source>
        <translation>Tipo de hoja, especie y altura en tres bosques de América del Norte (con elevación); callado en otros lugares</translation>
    </message>
    <message>
        <source>MIT License</source>
        <translation>MIT License</translation>
    </message>
    <message>
        <source>Made by an earlier BirchTree: a copy in memory is read, the file itself stays as it is.</source>
        <translation>Hecho por un BirchTree anterior: se lee una copia en memoria, el archivo queda como está.</translation>
    </message>
    <message>
        <source>Mask R-CNN small enough to learn on a processor</source>
        <translation>Mask R-CNN lo bastante pequeño para aprender en un procesador</translation>
    </message>
    <message>
        <source>Mask R-CNN with a ResNet-50-FPN, RGB, the authors&apos; schedule (100 epochs)</source>
        <translation>Mask R-CNN con un ResNet-50-FPN, RGB, con el calendario de los autores (100 épocas)</translation>
    </message>
    <message>
        <source>Median growth of crowns: {wider} m2{yearly}.</source>
        <translation>Crecimiento mediano de las copas: {wider} m2{yearly}.</translation>
    </message>
    <message>
        <source>Median growth: {growth} m in height{yearly}.</source>
        <translation>Crecimiento mediano: {growth} m en altura{yearly}.</translation>
    </message>
    <message>
        <source>Merge {count} crowns into crown {tree_id}</source>
        <translation>Fusionar {count} copas en la copa {tree_id}</translation>
    </message>
    <message>
        <source>MobileSAM: outlines what is clicked, on a small computer</source>
        <translation>MobileSAM: delinea aquello en lo que se hace clic, en un equipo pequeño</translation>
    </message>
    <message>
        <source>Mortality: {mortality}</source>
        <translation>Mortalidad: {mortality}</translation>
    </message>
    <message>
        <source>Move crown {number}</source>
        <translation>Mover la copa {number}</translation>
    </message>
    <message>
        <source>Move field {name}</source>
        <translation>Mover el campo {name}</translation>
    </message>
    <message>
        <source>Move {count} crowns</source>
        <translation>Mover {count} copas</translation>
    </message>
    <message>
        <source>Name the plot&apos;s file with -o, for example -o {name}.birch.gpkg.</source>
        <translation>Nombre el archivo de la parcela con -o, por ejemplo -o {name}.birch.gpkg.</translation>
    </message>
    <message>
        <source>Name the training sets and, with -o, the folder of the training. `train --help` tells more.</source>
        <translation>Nombre los conjuntos de entrenamiento y, con -o, la carpeta del entrenamiento. `train --help` dice más.</translation>
    </message>
    <message>
        <source>Neither DSM nor DTM says which unit its heights are in. They are taken as metres, so the canopy reaches {high:.0f} m above ground. If your trees are a third of that, the files are in feet: export them in metres.</source>
        <translation>Ni el MDS ni el MDT dicen en qué unidad están sus alturas. Se toman como metros, así que el dosel llega a {high:.0f} m sobre el suelo. Si sus árboles miden un tercio de eso, los archivos están en pies: expórtelos en metros.</translation>
    </message>
    <message>
        <source>No crown has been reviewed yet, so the export is empty.</source>
        <translation>Aún no se ha revisado ninguna copa, así que la exportación está vacía.</translation>
    </message>
    <message>
        <source>No crown lies in the complete areas of {name}.</source>
        <translation>No hay ninguna copa en las zonas completas de {name}.</translation>
    </message>
    <message>
        <source>No crown lies inside the complete areas, so there is nothing to learn. Check the areas and their CRS.</source>
        <translation>No hay ninguna copa dentro de las zonas completas, así que no hay nada que aprender. Revise las zonas y su SRC.</translation>
    </message>
    <message>
        <source>No crown of {plot} has been read by {model_id} yet, so there is nothing to teach on. Run `birchtree measure {plot} --model {model_id}` first.</source>
        <translation>{model_id} aún no ha leído ninguna copa de {plot}, así que no hay nada con que enseñar. Ejecute primero `birchtree measure {plot} --model {model_id}`.</translation>
    </message>
    <message>
        <source>No orthomosaic for the crowns of {name} was found in {folder}. Name their folder with --rasters, or use the plot&apos;s project instead.</source>
        <translation>No se encontró en {folder} ningún ortomosaico para las copas de {name}. Nombre su carpeta con --rasters, o use en su lugar el proyecto de la parcela.</translation>
    </message>
    <message>
        <source>No part can be kept apart to compare the models on: {count} crowns on {places} are too few or too close together. Complete more ground, or add another plot.</source>
        <translation>No se puede apartar ninguna parte para comparar los modelos: {count} copas en {places} son muy pocas o están muy juntas. Complete más terreno, o añada otra parcela.</translation>
    </message>
    <message>
        <source>No row of {name} is one of the {count} crowns of this plot, so all of them would be deleted. Is it an export of another plot, or of an earlier run? Import it without --corrected to add its crowns.</source>
        <translation>Ninguna fila de {name} es una de las {count} copas de esta parcela, así que todas se eliminarían. ¿Es una exportación de otra parcela, o de una ejecución anterior? Impórtelo sin --corrected para añadir sus copas.</translation>
    </message>
    <message>
        <source>No scheduler answers at {address} ({reason}). Start one there with `dask scheduler`, which prints its address (such as tcp://10.0.0.5:8786), and check that no firewall stands between.</source>
        <translation>Ningún planificador responde en {address} ({reason}). Inicie uno allí con `dask scheduler`, que muestra su dirección (como tcp://10.0.0.5:8786), y compruebe que no hay un cortafuegos de por medio.</translation>
    </message>
    <message>
        <source>Note on</source>
        <translation>Nota sobre</translation>
    </message>
    <message>
        <source>Nothing called {name} was taught on {plot}; there is: {known}. Run `birchtree species teach {plot}`.</source>
        <translation>No se enseñó nada llamado {name} en {plot}; hay: {known}. Ejecute `birchtree species teach {plot}`.</translation>
    </message>
    <message>
        <source>Nothing of the crown would be left. Delete it instead.</source>
        <translation>No quedaría nada de la copa. Elimínela en su lugar.</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>No cambiaría nada.</translation>
    </message>
    <message>
        <source>ONNX providers</source>
        <translation>Motores ONNX</translation>
    </message>
    <message>
        <source>Other crowns cover {cover_share} of it.</source>
        <translation>Otras copas cubren {cover_share} de ella.</translation>
    </message>
    <message>
        <source>Other forests, seasons, cameras and cell sizes than those of its training set.</source>
        <translation>Otros bosques, estaciones, cámaras y tamaños de celda que los de su conjunto de entrenamiento.</translation>
    </message>
    <message>
        <source>Paint crown</source>
        <translation>Pintar copa</translation>
    </message>
    <message>
        <source>Paint onto crown {tree_id}</source>
        <translation>Pintar sobre la copa {tree_id}</translation>
    </message>
    <message>
        <source>Paste crown</source>
        <translation>Pegar copa</translation>
    </message>
    <message>
        <source>Paste {count} crowns</source>
        <translation>Pegar {count} copas</translation>
    </message>
    <message>
        <source>Plain numbers of each crown (colour, texture, height, size), to teach species on; needs no model</source>
        <translation>Números sencillos de cada copa (color, textura, altura, tamaño) con los que enseñar especies; no necesita modelo</translation>
    </message>
    <message>
        <source>Plots without leaves or under snow, tropical forest and cities were not in its training. Boxes were what its real plots showed: outlines come from synthetic crowns and from what looks alike.</source>
        <translation>En su entrenamiento no hubo parcelas sin hojas o con nieve, selva tropical ni ciudades. Sus parcelas reales solo mostraban rectángulos: los contornos vienen de copas sintéticas y de lo que se les parece.</translation>
    </message>
    <message>
        <source>Reject crown</source>
        <translation>Rechazar copa</translation>
    </message>
    <message>
        <source>Reject {what} below {threshold}</source>
        <translation>Rechazar {what} por debajo de {threshold}</translation>
    </message>
    <message>
        <source>Reshape crown {tree_id}</source>
        <translation>Redibujar la copa {tree_id}</translation>
    </message>
    <message>
        <source>Restore field {name}</source>
        <translation>Restaurar el campo {name}</translation>
    </message>
    <message>
        <source>Row {number} of {file} has nothing in the column {needed}. The first row names the columns: {known}; {needed} is needed.</source>
        <translation>La fila {number} de {file} no tiene nada en la columna {needed}. La primera fila nombra las columnas: {known}; hace falta {needed}.</translation>
    </message>
    <message>
        <source>Run the same command again with --resume: finished work is kept.</source>
        <translation>Ejecute la misma orden de nuevo con --resume: el trabajo terminado se conserva.</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-B: outlines what is clicked</source>
        <translation>Segment Anything, ViT-B: delinea aquello en lo que se hace clic</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-H: the largest, six times slower</source>
        <translation>Segment Anything, ViT-H: el mayor, seis veces más lento</translation>
    </message>
    <message>
        <source>Segment Anything, ViT-L: more exact, three times slower</source>
        <translation>Segment Anything, ViT-L: más exacto, tres veces más lento</translation>
    </message>
    <message>
        <source>Segment plot with {model_id}: {count}</source>
        <translation>Segmentar la parcela con {model_id}: {count}</translation>
    </message>
    <message>
        <source>Select at least two crowns to merge.</source>
        <translation>Seleccione al menos dos copas para fusionar.</translation>
    </message>
    <message>
        <source>Set species</source>
        <translation>Nombrar la especie</translation>
    </message>
    <message>
        <source>Set species of {count} crowns</source>
        <translation>Nombrar la especie de {count} copas</translation>
    </message>
    <message>
        <source>Set {name}</source>
        <translation>Fijar {name}</translation>
    </message>
    <message>
        <source>Set {name} of {count} crowns</source>
        <translation>Fijar {name} de {count} copas</translation>
    </message>
    <message>
        <source>Set {what}</source>
        <translation>Fijar {what}</translation>
    </message>
    <message>
        <source>Set {what} of {count} crowns</source>
        <translation>Fijar {what} de {count} copas</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Encoger</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>Simplificar</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Suavizar</translation>
    </message>
    <message>
        <source>Snap crown {number} to the valley</source>
        <translation>Ajustar la copa {number} al valle</translation>
    </message>
    <message>
        <source>Snap {count} crowns to the valley</source>
        <translation>Ajustar {count} copas al valle</translation>
    </message>
    <message>
        <source>Something is missing at the end</source>
        <translation>Falta algo al final</translation>
    </message>
    <message>
        <source>Species are told apart, so crowns of at least two must be marked; so far: {count}. Confirm the species of some crowns of each: five of each are a good start.</source>
        <translation>Se distinguen especies, así que deben marcarse copas de al menos dos; hasta ahora: {count}. Confirme la especie de algunas copas de cada una: cinco de cada una son un buen comienzo.</translation>
    </message>
    <message>
        <source>Species by what was taught on</source>
        <translation>Especies según lo enseñado en</translation>
    </message>
    <message>
        <source>Species by {teller}: {count}</source>
        <translation>Especies según {teller}: {count}</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept; run again with --resume to go on.</source>
        <translation>Detenido. Todo lo terminado se conserva; ejecute de nuevo con --resume para seguir.</translation>
    </message>
    <message>
        <source>Subtract crown {tree_id} from crown {tree_id_2}</source>
        <translation>Restar la copa {tree_id} de la copa {tree_id_2}</translation>
    </message>
    <message>
        <source>TOML (*.toml)</source>
        <translation>TOML (*.toml)</translation>
    </message>
    <message>
        <source>Take in corrections from {name}</source>
        <translation>Recoger las correcciones de {name}</translation>
    </message>
    <message>
        <source>Taught with {marks} marks: {marked}. Trees of other species are called one of these.</source>
        <translation>Enseñado con {marks} marcas: {marked}. Los árboles de otras especies reciben el nombre de una de estas.</translation>
    </message>
    <message>
        <source>The CRS of the {role} ({other}) and of the orthomosaic ({crs}) cannot be converted into each other; their coordinates are taken as they are.</source>
        <translation>El SRC del {role} ({other}) y el del ortomosaico ({crs}) no se pueden convertir uno en otro; sus coordenadas se toman tal como están.</translation>
    </message>
    <message>
        <source>The CRS of {name} ({crs}) is not tied to the Earth: other layers only fit if they use the same coordinates.</source>
        <translation>El SRC de {name} ({crs}) no está ligado a la Tierra: otras capas solo encajan si usan las mismas coordenadas.</translation>
    </message>
    <message>
        <source>The CRS that a file names cannot be understood ({text}). Export the file again, or set its CRS in a GIS.</source>
        <translation>No se entiende el SRC que nombra un archivo ({text}). Exporte el archivo de nuevo, o indique su SRC en un SIG.</translation>
    </message>
    <message>
        <source>The DSM lies {offset:.0f} m {side} the DTM even in the lowest tenth of the plot: they use different height systems or units. Heights will be wrong until both are exported alike.</source>
        <translation>El MDS está {offset:.0f} m por {side} del MDT incluso en el décimo más bajo de la parcela: usan distintos sistemas de altura o unidades. Las alturas serán erróneas hasta que ambos se exporten igual.</translation>
    </message>
    <message>
        <source>The DSM seems to lie {distance_m:.1f} m {direction} of the trees in the orthomosaic ({east_m:+.1f} m east, {north_m:+.1f} m north). Heights and crowns will not match; export both from one project, or move the DSM.</source>
        <translation>El MDS parece estar {distance_m:.1f} m al {direction} de los árboles del ortomosaico ({east_m:+.1f} m este, {north_m:+.1f} m norte). Alturas y copas no coincidirán; exporte ambos del mismo proyecto, o mueva el MDS.</translation>
    </message>
    <message>
        <source>The DTM lies more than {limit:.0f} m above the DSM on {percent:.0f} % of the plot, where no ground can be: the two are off in height or place. Heights will be too small; export both from one project.</source>
        <translation>El MDT está más de {limit:.0f} m por encima del MDS en el {percent:.0f} % de la parcela, donde no puede haber suelo: los dos difieren en altura o posición. Las alturas serán demasiado pequeñas; exporte ambos del mismo proyecto.</translation>
    </message>
    <message>
        <source>The DTM {name} is of no use without a DSM: heights are the difference of the two. Add the DSM.</source>
        <translation>El MDT {name} no sirve sin un MDS: las alturas son la diferencia de ambos. Añada el MDS.</translation>
    </message>
    <message>
        <source>The archive {name} cannot be used: {why}. Nothing of it was installed. Get it again.</source>
        <translation>No se puede usar el archivo comprimido {name}: {why}. No se instaló nada de él. Consígalo de nuevo.</translation>
    </message>
    <message>
        <source>The area of interest lies outside the orthomosaic. Choose the area of this plot, or check its CRS.</source>
        <translation>El área de interés está fuera del ortomosaico. Elija el área de esta parcela, o revise su SRC.</translation>
    </message>
    <message>
        <source>The area of interest {name} cannot be brought into the CRS of the orthomosaic. Export it in that CRS.</source>
        <translation>El área de interés {name} no se puede llevar al SRC del ortomosaico. Expórtela en ese SRC.</translation>
    </message>
    <message>
        <source>The area of interest {name} cannot be read ({reason}). Choose a polygon layer (shapefile, GeoPackage or GeoJSON).</source>
        <translation>No se puede leer el área de interés {name} ({reason}). Elija una capa de polígonos (shapefile, GeoPackage o GeoJSON).</translation>
    </message>
    <message>
        <source>The area of interest {name} holds no polygon. Choose a polygon layer.</source>
        <translation>El área de interés {name} no contiene ningún polígono. Elija una capa de polígonos.</translation>
    </message>
    <message>
        <source>The card of the model {id} says click_levels = {said}; two whole numbers such as [-1, 1] belong there.</source>
        <translation>La ficha del modelo {id} dice click_levels = {said}; ahí van dos números enteros como [-1, 1].</translation>
    </message>
    <message>
        <source>The card of {model_id} speaks of {size} GB, more than any model has. Get the model again.</source>
        <translation>La ficha de {model_id} habla de {size} GB, más que cualquier modelo. Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The catalogue knows another SHA-256 for {model_id}, {known}. Leave out --sha256 to fetch that file.</source>
        <translation>El catálogo conoce otro SHA-256 para {model_id}, {known}. Omita --sha256 para descargar ese archivo.</translation>
    </message>
    <message>
        <source>The connection to the scheduler at {address} is lost. Start it again with `dask scheduler`, and its workers. {resume}</source>
        <translation>Se perdió la conexión con el planificador {address}. Inícielo de nuevo con `dask scheduler`, y sus trabajadores. {resume}</translation>
    </message>
    <message>
        <source>The converter</source>
        <translation>El conversor</translation>
    </message>
    <message>
        <source>The coordinates of {name} cannot be carried from {source} to {target}. Save it in the CRS of the orthomosaic.</source>
        <translation>Las coordenadas de {name} no se pueden llevar de {source} a {target}. Guárdelo en el SRC del ortomosaico.</translation>
    </message>
    <message>
        <source>The coordinates of {name} run from {left:.0f} to {right:.0f} and {bottom:.0f} to {top:.0f}: they count pixels of an image, not places on the map. Export the crowns with map coordinates.</source>
        <translation>Las coordenadas de {name} van de {left:.0f} a {right:.0f} y de {bottom:.0f} a {top:.0f}: cuentan píxeles de una imagen, no lugares del mapa. Exporte las copas con coordenadas de mapa.</translation>
    </message>
    <message>
        <source>The crown would fall into {count} parts. Cut it (X) if these are several trees.</source>
        <translation>La copa se partiría en {count} trozos. Córtela (X) si son varios árboles.</translation>
    </message>
    <message>
        <source>The crown&apos;s mask is empty, so the crown has no radius.</source>
        <translation>La máscara de la copa está vacía, así que la copa no tiene radio.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} was not changed. Make room and try again.</source>
        <translation>El disco está lleno, así que {name} no se cambió. Libere espacio e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} was not written in {folder}; an older file of that name is as it was. Make room and try again.</source>
        <translation>El disco está lleno, así que {name} no se escribió en {folder}; un archivo anterior de ese nombre quedó como estaba. Libere espacio e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The disk that holds {name} failed ({why}). Check the disk, then open the project again.</source>
        <translation>Falló el disco que contiene {name} ({why}). Revise el disco y abra el proyecto de nuevo.</translation>
    </message>
    <message>
        <source>The disk with {folder} has no room for the model {model_id}. Make room and try again; what is installed is untouched.</source>
        <translation>El disco de {folder} no tiene espacio para el modelo {model_id}. Libere espacio e inténtelo de nuevo; lo instalado está intacto.</translation>
    </message>
    <message>
        <source>The disk with {folder} has no room for {name}. Make room and run the command again: it goes on where it stopped.</source>
        <translation>El disco de {folder} no tiene espacio para {name}. Libere espacio y ejecute la orden de nuevo: sigue donde se detuvo.</translation>
    </message>
    <message>
        <source>The encoder of the model {id} asks for {names}, which BirchTree does not know. Update BirchTree, or convert the model again.</source>
        <translation>El codificador del modelo {id} pide {names}, que BirchTree no conoce. Actualice BirchTree, o convierta el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The environment variable {variable} asks for {wanted}, which the installed ONNX Runtime does not offer. It offers {offered}. Unset the variable, or set it to cpu.</source>
        <translation>La variable de entorno {variable} pide {wanted}, que el ONNX Runtime instalado no ofrece. Ofrece {offered}. Borre la variable, o póngala en cpu.</translation>
    </message>
    <message>
        <source>The file at {host} has {found} bytes instead of {expected}: it is another one than was asked for, and was not fetched. Look for a newer BirchTree.</source>
        <translation>El archivo de {host} tiene {found} bytes en vez de {expected}: no es el que se pidió, y no se descargó. Busque un BirchTree más nuevo.</translation>
    </message>
    <message>
        <source>The file cannot be written to {folder} ({reason}). Check that you may write there.</source>
        <translation>No se puede escribir el archivo en {folder} ({reason}). Compruebe que puede escribir ahí.</translation>
    </message>
    <message>
        <source>The file is no longer at {url} (HTTP {status}). Look for a newer BirchTree, or fetch the file elsewhere and run `birchtree models convert FILE`.</source>
        <translation>El archivo ya no está en {url} (HTTP {status}). Busque un BirchTree más nuevo, o consiga el archivo en otra parte y ejecute `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>The file {file} of the model {model_id} is damaged or holds something else than numbers. Nothing of it was run. Get the model again, or ask whoever made it.</source>
        <translation>El archivo {file} del modelo {model_id} está dañado o contiene algo que no son números. No se ejecutó nada de él. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The file {file} of the model {model_id} wants to read another file, {location}, which its card does not list. It was not run. Ask whoever made it for a model in one piece.</source>
        <translation>El archivo {file} del modelo {model_id} quiere leer otro archivo, {location}, que su ficha no menciona. No se ejecutó. Pida a quien lo hizo un modelo de una sola pieza.</translation>
    </message>
    <message>
        <source>The file {file} says another {what} of itself than the card of {model_id}: files of two models are mixed up, so nothing was run. Get the model again.</source>
        <translation>El archivo {file} dice de sí mismo otra cosa ({what}) que la ficha de {model_id}: hay mezclados archivos de dos modelos, así que no se ejecutó nada. Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} cannot be read ({reason}). Get the model again.</source>
        <translation>No se puede leer el archivo {name} del modelo {model_id} ({reason}). Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} has {what} {expected} bytes: it is cut off or another file. Get the model again.</source>
        <translation>El archivo {name} del modelo {model_id} tiene {what} {expected} bytes: está cortado o es otro archivo. Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The file {name} of the model {model_id} is not the one that its card describes (its SHA-256 differs), so it is not run. Get the model again.</source>
        <translation>El archivo {name} del modelo {model_id} no es el que describe su ficha (su SHA-256 difiere), así que no se ejecuta. Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The file {path} does not exist. Choose the file again.</source>
        <translation>El archivo {path} no existe. Elíjalo de nuevo.</translation>
    </message>
    <message>
        <source>The folder {folder} for the plots cannot be made ({reason}). Choose another one with -o.</source>
        <translation>No se puede crear la carpeta {folder} para las parcelas ({reason}). Elija otra con -o.</translation>
    </message>
    <message>
        <source>The folder {folder} holds a model that calls itself {model_id}. Rename the folder to {model_id}, or add the model again.</source>
        <translation>La carpeta {folder} contiene un modelo que se llama {model_id}. Cambie el nombre de la carpeta a {model_id}, o añada el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The heights are not known there, so they cannot help with this crown.</source>
        <translation>Ahí no se conocen las alturas, así que no pueden ayudar con esta copa.</translation>
    </message>
    <message>
        <source>The heights show one peak in this crown. Cut it by hand (X) if you see two trees.</source>
        <translation>Las alturas muestran un solo ápice en esta copa. Córtela a mano (X) si ve dos árboles.</translation>
    </message>
    <message>
        <source>The interrupted run cannot go on: the orthomosaic, DSM, DTM or area of interest has changed since it began ({started}). Run again without --resume.</source>
        <translation>El proceso interrumpido no puede seguir: el ortomosaico, el MDS, el MDT o el área de interés han cambiado desde que empezó ({started}). Ejecútelo de nuevo sin --resume.</translation>
    </message>
    <message>
        <source>The interrupted run cut the plot into tiles in another way (it was made by version {before}, this is {now}). Run again without --resume.</source>
        <translation>El proceso interrumpido cortó la parcela en teselas de otro modo (lo hizo la versión {before}, esta es la {now}). Ejecútelo de nuevo sin --resume.</translation>
    </message>
    <message>
        <source>The interrupted run was made with other parameters ({changed}). Give the same ones to resume it, or run again without --resume.</source>
        <translation>El proceso interrumpido se hizo con otros parámetros ({changed}). Dé los mismos para reanudarlo, o ejecútelo de nuevo sin --resume.</translation>
    </message>
    <message>
        <source>The interrupted run was made with the model {before}, not {now}. Resume it with --model {before}, or run again without --resume.</source>
        <translation>El proceso interrumpido se hizo con el modelo {before}, no con {now}. Reanúdelo con --model {before}, o ejecútelo de nuevo sin --resume.</translation>
    </message>
    <message>
        <source>The later survey lies {distance_m} cm off ({where})</source>
        <translation>El vuelo posterior está desplazado {distance_m} cm ({where})</translation>
    </message>
    <message>
        <source>The layers are written as GeoPackage, but {name} does not end in .gpkg. Write for example --layers {better}.</source>
        <translation>Las capas se escriben como GeoPackage, pero {name} no termina en .gpkg. Escriba por ejemplo --layers {better}.</translation>
    </message>
    <message>
        <source>The line does not cut the crown in two. Start and end it outside the crown.</source>
        <translation>La línea no corta la copa en dos. Empiécela y termínela fuera de la copa.</translation>
    </message>
    <message>
        <source>The line encloses nothing. Draw around the crown and back to the start.</source>
        <translation>La línea no encierra nada. Rodee la copa y vuelva al comienzo.</translation>
    </message>
    <message>
        <source>The line is too short. Draw it across the border of the crown.</source>
        <translation>La línea es demasiado corta. Trácela a través del borde de la copa.</translation>
    </message>
    <message>
        <source>The list after “in” is empty (character {at}).</source>
        <translation>La lista después de «in» está vacía (carácter {at}).</translation>
    </message>
    <message>
        <source>The list of models {file} cannot be used: {reason}. Its form is that of resources/models.toml.</source>
        <translation>No se puede usar la lista de modelos {file}: {reason}. Su forma es la de resources/models.toml.</translation>
    </message>
    <message>
        <source>The list {file} cannot be read ({reason}). Save it as CSV in UTF-8.</source>
        <translation>No se puede leer la lista {file} ({reason}). Guárdela como CSV en UTF-8.</translation>
    </message>
    <message>
        <source>The list {file} names no plot.</source>
        <translation>La lista {file} no nombra ninguna parcela.</translation>
    </message>
    <message>
        <source>The marked crowns cannot be read: their embeddings are missing or damaged. Measure the plot again.</source>
        <translation>No se pueden leer las copas marcadas: sus descriptores faltan o están dañados. Mida la parcela de nuevo.</translation>
    </message>
    <message>
        <source>The marks lie further apart than the model can see at once. Zoom out, or mark one crown at a time.</source>
        <translation>Las marcas están más separadas de lo que el modelo puede ver de una vez. Aleje el mapa, o marque una copa cada vez.</translation>
    </message>
    <message>
        <source>The method {method} needs a Segment Anything model, and none is installed. Get one with `birchtree models download sam-vit-b`, or convert a checkpoint with `birchtree models convert`.</source>
        <translation>El método {method} necesita un modelo Segment Anything, y no hay ninguno instalado. Consiga uno con `birchtree models download sam-vit-b`, o convierta un checkpoint con `birchtree models convert`.</translation>
    </message>
    <message>
        <source>The model card in {where} cannot be used: {why}. Nothing of the model was run. Get the model again, or ask whoever made it.</source>
        <translation>No se puede usar la ficha del modelo en {where}: {why}. No se ejecutó nada del modelo. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model card in {where} is far too long for one.</source>
        <translation>La ficha del modelo en {where} es demasiado larga para serlo.</translation>
    </message>
    <message>
        <source>The model card in {where} names a file {file}, which cannot be a part of a model. Nothing of it was run. Get the model again, or ask whoever made it.</source>
        <translation>La ficha del modelo en {where} menciona un archivo {file}, que no puede ser parte de un modelo. No se ejecutó nada de él. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model card in {where} was written for a newer BirchTree. Update BirchTree, or ask for the model in an older form.</source>
        <translation>La ficha del modelo en {where} se escribió para un BirchTree más nuevo. Actualice BirchTree, o pida el modelo en una forma más antigua.</translation>
    </message>
    <message>
        <source>The model card of {model} cannot be used: abstain_below_by_rank is not a list of ranks and numbers.</source>
        <translation>No se puede usar la ficha del modelo {model}: abstain_below_by_rank no es una lista de rangos y números.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: it does not say the size of a cell (gsd_m) or tile (core_m). Convert the model again.</source>
        <translation>No se puede usar la ficha del modelo {where}: no dice el tamaño de una celda (gsd_m) o de una tesela (core_m). Convierta el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: the setting {name} {why}. Nothing of the model was run. Get the model again, or ask whoever made it.</source>
        <translation>No se puede usar la ficha del modelo {where}: el ajuste {name} {why}. No se ejecutó nada del modelo. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model card of {where} cannot be used: {why}. Get the model again, or ask whoever made it.</source>
        <translation>No se puede usar la ficha del modelo {where}: {why}. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model file {name} does not work here: ONNX Runtime says: {reason}. Check it with `birchtree models verify`, or get it again.</source>
        <translation>El archivo de modelo {name} no funciona aquí: ONNX Runtime dice: {reason}. Compruébelo con `birchtree models verify`, o consígalo de nuevo.</translation>
    </message>
    <message>
        <source>The model is only {score_share} sure of this outline.</source>
        <translation>El modelo solo está seguro de este contorno en un {score_share}.</translation>
    </message>
    <message>
        <source>The model tells {columns} classes but its card names {classes}. Get the model again, or ask whoever made it.</source>
        <translation>El modelo distingue {columns} clases, pero su ficha nombra {classes}. Consiga el modelo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model {id}</source>
        <translation>El modelo {id}</translation>
    </message>
    <message>
        <source>The model {id} cannot be used for clicking: {why}. Convert it again with `birchtree models convert`, or choose another model.</source>
        <translation>El modelo {id} no sirve para hacer clic: {why}. Conviértalo de nuevo con `birchtree models convert`, o elija otro modelo.</translation>
    </message>
    <message>
        <source>The model {id} does not say how large its input is (tile_px in its card). It cannot be used for clicking; get it again, or ask whoever made it.</source>
        <translation>El modelo {id} no dice el tamaño de su entrada (tile_px en su ficha). No sirve para hacer clic; consígalo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model {id} needs elevation, and there is none here. Add a surface model (DSM) to the plot, or choose a model that works without.</source>
        <translation>El modelo {id} necesita elevación, y aquí no la hay. Añada un modelo de superficie (MDS) a la parcela, o elija un modelo que trabaje sin ella.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be installed in {folder} ({reason}). Close BirchTree&apos;s other windows, and check that you may write there.</source>
        <translation>El modelo {model_id} no se puede instalar en {folder} ({reason}). Cierre las otras ventanas de BirchTree, y compruebe que puede escribir ahí.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be removed from {folder} ({reason}). Close BirchTree&apos;s windows and retry.</source>
        <translation>El modelo {model_id} no se puede quitar de {folder} ({reason}). Cierre las ventanas de BirchTree y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be used: its base gives no embedding to tell species from.</source>
        <translation>El modelo {model_id} no se puede usar: su base no da descriptores con que reconocer especies.</translation>
    </message>
    <message>
        <source>The model {model_id} cannot be used: {why}. Convert it again, or ask whoever made it.</source>
        <translation>El modelo {model_id} no se puede usar: {why}. Conviértalo de nuevo, o pregunte a quien lo hizo.</translation>
    </message>
    <message>
        <source>The model {model_id} does not measure crowns; it is one for {task}. Models that do: {known}.</source>
        <translation>El modelo {model_id} no mide copas; es para {task}. Modelos que lo hacen: {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} does not outline plots: its task is {task}. These can: {known}.</source>
        <translation>El modelo {model_id} no delinea parcelas: su tarea es {task}. Estos pueden: {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} does not tell where it looks. Convert it again with this version of BirchTree.</source>
        <translation>El modelo {model_id} no dice dónde mira. Conviértalo de nuevo con esta versión de BirchTree.</translation>
    </message>
    <message>
        <source>The model {model_id} has no parameter {name}. It has {known}.</source>
        <translation>El modelo {model_id} no tiene el parámetro {name}. Tiene {known}.</translation>
    </message>
    <message>
        <source>The model {model_id} has no part {role}; it has {known}. Choose another model for this.</source>
        <translation>El modelo {model_id} no tiene la parte {role}; tiene {known}. Elija otro modelo para esto.</translation>
    </message>
    <message>
        <source>The model {model_id} is of the family {family}, which this BirchTree cannot run (it knows {known}). Update BirchTree, or use another model.</source>
        <translation>El modelo {model_id} es de la familia {family}, que este BirchTree no puede usar (conoce {known}). Actualice BirchTree, o use otro modelo.</translation>
    </message>
    <message>
        <source>The model {model_id} is of the kind {family}, which this BirchTree cannot run; it can run {known}. Update BirchTree, or use another model.</source>
        <translation>El modelo {model_id} es del tipo {family}, que este BirchTree no puede usar; puede usar {known}. Actualice BirchTree, o use otro modelo.</translation>
    </message>
    <message>
        <source>The model {model_id} is part of BirchTree and stays.</source>
        <translation>El modelo {model_id} es parte de BirchTree y se queda.</translation>
    </message>
    <message>
        <source>The model {model_id} is under this licence: {licence}.{words}{place} Read it, and if you accept it, repeat the command with --accept-licence.</source>
        <translation>El modelo {model_id} está bajo esta licencia: {licence}.{words}{place} Léala y, si la acepta, repita la orden con --accept-licence.</translation>
    </message>
    <message>
        <source>The model {model_id} lacks its file {name}. Get all of its files.</source>
        <translation>Al modelo {model_id} le falta su archivo {name}. Consiga todos sus archivos.</translation>
    </message>
    <message>
        <source>The model {model_id} needs a surface model (DSM), and this plot has none. Add one with --dsm, or use --model {other}, which works on the orthomosaic alone.</source>
        <translation>El modelo {model_id} necesita un modelo de superficie (MDS), y esta parcela no lo tiene. Añada uno con --dsm, o use --model {other}, que trabaja solo con el ortomosaico.</translation>
    </message>
    <message>
        <source>The model {model_id} says that its task is {task}, but models of the family {family} do {tasks}. The card and the graphs do not belong together, so nothing was run. Get the model again.</source>
        <translation>El modelo {model_id} dice que su tarea es {task}, pero los modelos de la familia {family} hacen {tasks}. La ficha y los grafos no van juntos, así que no se ejecutó nada. Consiga el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model {model_id} takes tiles of {side} cells a side, but its card asks for tiles of {found}. Convert the model again.</source>
        <translation>El modelo {model_id} toma teselas de {side} celdas de lado, pero su ficha pide teselas de {found}. Convierta el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model {model_id} tells {found} classes apart, but its card names {listed}: the names cannot be trusted, so nothing was run. Get the model again, or convert it with the right list of classes.</source>
        <translation>El modelo {model_id} distingue {found} clases, pero su ficha nombra {listed}: no se puede confiar en los nombres, así que no se ejecutó nada. Consiga el modelo de nuevo, o conviértalo con la lista de clases correcta.</translation>
    </message>
    <message>
        <source>The model {model_id} wants its elevation scaled by {mode}, which this BirchTree does not know; it knows {known}. Update BirchTree, or convert the model again.</source>
        <translation>El modelo {model_id} quiere la elevación escalada por {mode}, que este BirchTree no conoce; conoce {known}. Actualice BirchTree, o convierta el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model {model_id} {fault}, so it cannot be used. Get all of its files, or convert the original checkpoint again.</source>
        <translation>El modelo {model_id} {fault}, así que no se puede usar. Consiga todos sus archivos, o convierta de nuevo el checkpoint original.</translation>
    </message>
    <message>
        <source>The model&apos;s card names {named} classes, but its graphs tell {told} apart. Convert the model again.</source>
        <translation>La ficha del modelo nombra {named} clases, pero sus grafos distinguen {told}. Convierta el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The models in {store} cannot be read ({strerror}).</source>
        <translation>No se pueden leer los modelos de {store} ({strerror}).</translation>
    </message>
    <message>
        <source>The mosaic&apos;s edge cuts it.</source>
        <translation>La corta el borde del mosaico.</translation>
    </message>
    <message>
        <source>The orthomosaic has no data in this area, so that nothing can be counted per hectare. Choose another area (--over valid).</source>
        <translation>El ortomosaico no tiene datos en esta zona, así que no se puede contar nada por hectárea. Elija otra zona (--over valid).</translation>
    </message>
    <message>
        <source>The orthomosaic is not there, so the boxes in pixels are left empty.</source>
        <translation>El ortomosaico no está ahí, así que los rectángulos en píxeles quedan vacíos.</translation>
    </message>
    <message>
        <source>The outline lies wholly on other crowns. Switch off “Keep crowns apart” to let crowns overlap.</source>
        <translation>El contorno está por entero sobre otras copas. Desactive «Mantener las copas separadas» para que puedan solaparse.</translation>
    </message>
    <message>
        <source>The outline would cross itself. Put the corner where its two sides stay free.</source>
        <translation>El contorno se cruzaría a sí mismo. Ponga el vértice donde sus dos lados queden libres.</translation>
    </message>
    <message>
        <source>The part {role} of the model {model_id} is not what a model of the family {family} has: {fault}. Nothing was run. Get the model again, or convert the original checkpoint.</source>
        <translation>La parte {role} del modelo {model_id} no es la que tiene un modelo de la familia {family}: {fault}. No se ejecutó nada. Consiga el modelo de nuevo, o convierta el checkpoint original.</translation>
    </message>
    <message>
        <source>The picture cannot be written to {path}: {reason}. Choose another folder.</source>
        <translation>No se puede escribir la imagen en {path}: {reason}. Elija otra carpeta.</translation>
    </message>
    <message>
        <source>The pictures of before and after in {path} are missing or damaged. The figures are those that count.</source>
        <translation>Las imágenes de antes y después en {path} faltan o están dañadas. Lo que cuenta son las cifras.</translation>
    </message>
    <message>
        <source>The projection of {name} ({crs}) stretches lengths by {percent:.1f} % here; areas and diameters are corrected for it.</source>
        <translation>La proyección de {name} ({crs}) estira aquí las longitudes un {percent:.1f} %; superficies y diámetros se corrigen por ello.</translation>
    </message>
    <message>
        <source>The rasters of {name} were not compared: {error}</source>
        <translation>No se compararon los rásteres de {name}: {error}</translation>
    </message>
    <message>
        <source>The sample plot cannot be written to {folder} ({reason}). Choose another folder.</source>
        <translation>No se puede escribir la parcela de ejemplo en {folder} ({reason}). Elija otra carpeta.</translation>
    </message>
    <message>
        <source>The scheduler at {address} has no worker, and none came within {seconds} seconds. Start some with `dask worker {address}` on the machines that should do the work.</source>
        <translation>El planificador {address} no tiene ningún trabajador, y ninguno llegó en {seconds} segundos. Inicie algunos con `dask worker {address}` en las máquinas que deban hacer el trabajo.</translation>
    </message>
    <message>
        <source>The second day must be after the first; {dates}.</source>
        <translation>El segundo día debe ser posterior al primero; {dates}.</translation>
    </message>
    <message>
        <source>The seed {seed} cannot be: use 0 to 2147483647.</source>
        <translation>La semilla {seed} no es posible: use de 0 a 2147483647.</translation>
    </message>
    <message>
        <source>The shares {shares} cannot be read: write three numbers as 0.7,0.15,0.15.</source>
        <translation>No se pueden leer las partes {shares}: escriba tres números como 0.7,0.15,0.15.</translation>
    </message>
    <message>
        <source>The shares {shares} cannot be: training needs more than 0, the others at least 0.</source>
        <translation>Las partes {shares} no son posibles: el entrenamiento necesita más de 0, las otras al menos 0.</translation>
    </message>
    <message>
        <source>The shift between the two surveys could not be told: they show too little in common. Compare them on the map before you trust the table.</source>
        <translation>No se pudo saber el desplazamiento entre los dos vuelos: muestran demasiado poco en común. Compárelos en el mapa antes de fiarse de la tabla.</translation>
    </message>
    <message>
        <source>The species is unsure: the second likeliest is {margin_share} behind.</source>
        <translation>La especie es insegura: la segunda más probable queda {margin_share} por detrás.</translation>
    </message>
    <message>
        <source>The species list cannot be written to {path}: {why}. Choose another folder.</source>
        <translation>No se puede escribir la lista de especies en {path}: {why}. Elija otra carpeta.</translation>
    </message>
    <message>
        <source>The species list {path} cannot be used: {why}. It must be a CSV with a column called name (and any of code, en, fr, es, leaf, colour), or a text with one species in each line.</source>
        <translation>No se puede usar la lista de especies {path}: {why}. Debe ser un CSV con una columna name (y, si se quiere, code, en, fr, es, leaf, colour), o un texto con una especie en cada línea.</translation>
    </message>
    <message>
        <source>The steps could not be timed. Close other programs and try again.</source>
        <translation>No se pudieron cronometrar los pasos. Cierre otros programas e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The stroke does not touch the crown, so nothing is erased.</source>
        <translation>El trazo no toca la copa, así que no se borra nada.</translation>
    </message>
    <message>
        <source>The stroke does not touch the crown. Begin it on the crown.</source>
        <translation>El trazo no toca la copa. Empiécelo sobre la copa.</translation>
    </message>
    <message>
        <source>The stroke must cross the border of the crown twice. Start on one side of it and end on the border again.</source>
        <translation>El trazo debe cruzar dos veces el borde de la copa. Empiece a un lado y termine de nuevo en el borde.</translation>
    </message>
    <message>
        <source>The table of height equations {path} cannot be used: {why}. It needs the columns category, relationship, slope and intercept, and rows with the relationship {relationship}.</source>
        <translation>No se puede usar la tabla de ecuaciones de altura {path}: {why}. Necesita las columnas category, relationship, slope e intercept, y filas con la relación {relationship}.</translation>
    </message>
    <message>
        <source>The table of tree names {path} cannot be used: {why}. It must be a CSV with a column name and any of rank, codes, synonyms, genus, family, leaf.</source>
        <translation>No se puede usar la tabla de nombres de árboles {path}: {why}. Debe ser un CSV con una columna name y, si se quiere, rank, codes, synonyms, genus, family, leaf.</translation>
    </message>
    <message>
        <source>The taught model {model_id} cannot be used: {why}. Measure the plots with the installed model and teach the species again.</source>
        <translation>No se puede usar el modelo enseñado {model_id}: {why}. Mida las parcelas con el modelo instalado y enseñe las especies de nuevo.</translation>
    </message>
    <message>
        <source>The tile {first} ({first_set}) shows ground that is in the training tile {second} ({second_set}): the model would be examined on what it learned. Make one set of all plots with `birchtree dataset`.</source>
        <translation>La tesela {first} ({first_set}) muestra terreno que está en la tesela de entrenamiento {second} ({second_set}): el modelo se examinaría sobre lo que aprendió. Haga un solo conjunto de todas las parcelas con `birchtree dataset`.</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>El entrenamiento</translation>
    </message>
    <message>
        <source>The training cannot be written to {folder} ({reason}). Make room on the disk, or choose another folder; what was written last stays, and --resume goes on from there.</source>
        <translation>El entrenamiento no se puede escribir en {folder} ({reason}). Haga sitio en el disco, o elija otra carpeta; lo último que se escribió queda, y --resume sigue desde ahí.</translation>
    </message>
    <message>
        <source>The training set cannot be written to {folder} ({reason}). Make room on the disk, or choose another folder.</source>
        <translation>No se puede escribir el conjunto de entrenamiento en {folder} ({reason}). Libere espacio en el disco, o elija otra carpeta.</translation>
    </message>
    <message>
        <source>The training set in {folder} is damaged. Make it again with `birchtree dataset`.</source>
        <translation>El conjunto de entrenamiento de {folder} está dañado. Hágalo de nuevo con `birchtree dataset`.</translation>
    </message>
    <message>
        <source>The training sets are not those that this training began with, so it cannot go on. Name the same sets in the same order, or begin a new training with --from and this one&apos;s folder.</source>
        <translation>Los conjuntos de entrenamiento no son aquellos con los que este entrenamiento empezó, así que no puede seguir. Nombre los mismos conjuntos en el mismo orden, o empiece un entrenamiento nuevo con --from y la carpeta de este.</translation>
    </message>
    <message>
        <source>The trait model says {model_m} m, the CHM {chm_m} m.</source>
        <translation>El modelo de rasgos dice {model_m} m, el MDC {chm_m} m.</translation>
    </message>
    <message>
        <source>The two surveys do not show the same place: {earlier} and {later} have no ground in common.</source>
        <translation>Los dos vuelos no muestran el mismo lugar: {earlier} y {later} no tienen terreno en común.</translation>
    </message>
    <message>
        <source>The weights of the model {model_id} are broken: {name} in {file} holds values that are no numbers (NaN or infinity). Nothing of it was run. Get the model again, or ask whoever trained it.</source>
        <translation>Los pesos del modelo {model_id} están rotos: {name} en {file} contiene valores que no son números (NaN o infinito). No se ejecutó nada de él. Consiga el modelo de nuevo, o pregunte a quien lo entrenó.</translation>
    </message>
    <message>
        <source>The window was not painted: {reason}</source>
        <translation>No se pintó la ventana: {reason}</translation>
    </message>
    <message>
        <source>The worker at {worker} cannot use the model: {sentence} Install the same model on that machine with `birchtree models add`, in place of another of that name with --replace, or stop that worker.</source>
        <translation>El trabajador {worker} no puede usar el modelo: {sentence} Instale el mismo modelo en esa máquina con `birchtree models add`, en lugar de otro del mismo nombre con --replace, o detenga ese trabajador.</translation>
    </message>
    <message>
        <source>The worker at {worker} cannot use the rasters of the plot: {sentence} All machines must see the very same files under the same path, on a network drive for instance.</source>
        <translation>El trabajador {worker} no puede usar los rásteres de la parcela: {sentence} Todas las máquinas deben ver exactamente los mismos archivos en la misma ruta, por ejemplo en un disco de red.</translation>
    </message>
    <message>
        <source>The worker at {worker} has no BirchTree, or an older one ({reason}). Start workers with the `dask` of an installation of BirchTree: `.venv/bin/dask worker ADDRESS`.</source>
        <translation>El trabajador {worker} no tiene BirchTree, o tiene uno más antiguo ({reason}). Inicie trabajadores con el `dask` de una instalación de BirchTree: `.venv/bin/dask worker ADDRESS`.</translation>
    </message>
    <message>
        <source>The worker at {worker} has {changed}, so its crowns could differ from those of this computer. Install the same versions on all machines, or stop that worker.</source>
        <translation>El trabajador {worker} tiene {changed}, así que sus copas podrían diferir de las de este equipo. Instale las mismas versiones en todas las máquinas, o detenga ese trabajador.</translation>
    </message>
    <message>
        <source>The {role} {name} ({other}) does not cover any part of the orthomosaic ({crs}). Choose the {role} of the same survey, or check its CRS.</source>
        <translation>El {role} {name} ({other}) no cubre ninguna parte del ortomosaico ({crs}). Elija el {role} del mismo vuelo, o revise su SRC.</translation>
    </message>
    <message>
        <source>The {role} {name} covers {percent:.0f} % of the orthomosaic; crowns outside it get no heights.</source>
        <translation>El {role} {name} cubre el {percent:.0f} % del ortomosaico; las copas fuera de él no reciben altura.</translation>
    </message>
    <message>
        <source>The {role} {name} holds no data at all. Export it again.</source>
        <translation>El {role} {name} no contiene ningún dato. Expórtelo de nuevo.</translation>
    </message>
    <message>
        <source>The {role} {name} holds {values} where it has no data, but does not declare it; these places are left out.</source>
        <translation>El {role} {name} contiene {values} donde no tiene datos, pero no lo declara; esos lugares se dejan fuera.</translation>
    </message>
    <message>
        <source>The {role} {name} is in units of {unit_m:.4f} m ({known}); heights are converted to metres.</source>
        <translation>El {role} {name} está en unidades de {unit_m:.4f} m ({known}); las alturas se convierten a metros.</translation>
    </message>
    <message>
        <source>The {role} {name} is taken to be in feet, like its map coordinates; heights are converted to metres.</source>
        <translation>Se supone que el {role} {name} está en pies, como sus coordenadas; las alturas se convierten a metros.</translation>
    </message>
    <message>
        <source>The {role} {name} names no CRS; it is taken to be in that of the orthomosaic.</source>
        <translation>El {role} {name} no nombra ningún SRC; se supone que está en el del ortomosaico.</translation>
    </message>
    <message>
        <source>The {what} of this plot is not at {path} any more. Put it back there or beside the project, or choose where it is now.</source>
        <translation>El elemento «{what}» de esta parcela ya no está en {path}. Devuélvalo ahí o junto al proyecto, o elija dónde está ahora.</translation>
    </message>
    <message>
        <source>There are no crowns on the clipboard. Copy crowns here or in QGIS first, as WKT or GeoJSON.</source>
        <translation>No hay copas en el portapapeles. Copie primero copas aquí o en QGIS, como WKT o GeoJSON.</translation>
    </message>
    <message>
        <source>There are no reports in the language “{language}”. Choose one of: {available}.</source>
        <translation>No hay informes en el idioma «{language}». Elija uno de: {available}.</translation>
    </message>
    <message>
        <source>There are too many brackets (character {at}).</source>
        <translation>Hay demasiados paréntesis (carácter {at}).</translation>
    </message>
    <message>
        <source>There is a field {name} already. Choose another name.</source>
        <translation>Ya hay un campo {name}. Elija otro nombre.</translation>
    </message>
    <message>
        <source>There is a hole already.</source>
        <translation>Ya hay un hueco.</translation>
    </message>
    <message>
        <source>There is no DSM: crowns are outlined from colours alone and get no heights.</source>
        <translation>No hay MDS: las copas se delinean solo por los colores y no reciben altura.</translation>
    </message>
    <message>
        <source>There is no DTM: the ground is estimated from the DSM, and heights are marked DSM-est.</source>
        <translation>No hay MDT: el suelo se estima a partir del MDS, y las alturas se marcan DSM-est.</translation>
    </message>
    <message>
        <source>There is no column “{name}” (character {at}).</source>
        <translation>No hay ninguna columna «{name}» (carácter {at}).</translation>
    </message>
    <message>
        <source>There is no column “{name}” (character {at}). Did you mean {near}?</source>
        <translation>No hay ninguna columna «{name}» (carácter {at}). ¿Quiso decir {near}?</translation>
    </message>
    <message>
        <source>There is no crown for validation, so training goes on for all its steps, and the threshold is a common one. Make the set from more plots, or in smaller blocks, to know how good the model is.</source>
        <translation>No hay ninguna copa para la validación, así que el entrenamiento hace todos sus pasos y el umbral es uno corriente. Haga el conjunto con más parcelas, o en bloques menores, para saber lo bueno que es el modelo.</translation>
    </message>
    <message>
        <source>There is no crown in {names}, so there is nothing to learn. Outline crowns first, or choose other files.</source>
        <translation>No hay ninguna copa en {names}, así que no hay nada que aprender. Delinee copas primero, o elija otros archivos.</translation>
    </message>
    <message>
        <source>There is no crown to learn from in {folders}. Outline crowns, mark the complete areas and make the set again.</source>
        <translation>No hay ninguna copa de la que aprender en {folders}. Delinee copas, marque las zonas completas y haga de nuevo el conjunto.</translation>
    </message>
    <message>
        <source>There is no crown under the line. Draw it through a crown.</source>
        <translation>No hay ninguna copa bajo la línea. Trácela a través de una copa.</translation>
    </message>
    <message>
        <source>There is no crown under the stroke. Draw it over the border of a crown.</source>
        <translation>No hay ninguna copa bajo el trazo. Trácelo sobre el borde de una copa.</translation>
    </message>
    <message>
        <source>There is no equation called “{id}”. Choose one of: {available}. For Chave2014 give the wood density in g/cm³ (0.05 to 1.5), as in Chave2014/0.60.</source>
        <translation>No hay ninguna ecuación llamada «{id}». Elija una de: {available}. Para Chave2014 dé la densidad de la madera en g/cm³ (0.05 a 1.5), como en Chave2014/0.60.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>No hay ningún archivo {path}.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name and folder.</source>
        <translation>No hay ningún archivo {path}. Revise su nombre y su carpeta.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check the name and the folder.</source>
        <translation>No hay ningún archivo {path}. Revise el nombre y la carpeta.</translation>
    </message>
    <message>
        <source>There is no graphics card here that PyTorch could use. {reason} Leave out --device cuda, or use --device cpu.</source>
        <translation>No hay aquí ninguna tarjeta gráfica que PyTorch pueda usar. {reason} Omita --device cuda, o use --device cpu.</translation>
    </message>
    <message>
        <source>There is no hole of this crown at that place.</source>
        <translation>No hay ningún hueco de esta copa en ese lugar.</translation>
    </message>
    <message>
        <source>There is no model {model_id} on this computer. Installed are: {known}. Add one with `birchtree models add` or `birchtree models download`.</source>
        <translation>No hay ningún modelo {model_id} en este equipo. Instalados: {known}. Añada uno con `birchtree models add` o `birchtree models download`.</translation>
    </message>
    <message>
        <source>There is no model {model_id} to download. There are: {known}. A file of your own is added with `birchtree models add` or `birchtree models convert`.</source>
        <translation>No hay ningún modelo {model_id} que descargar. Hay: {known}. Un archivo propio se añade con `birchtree models add` o `birchtree models convert`.</translation>
    </message>
    <message>
        <source>There is no model {model_id}. These can outline crowns: {known}.</source>
        <translation>No hay ningún modelo {model_id}. Estos pueden delinear copas: {known}.</translation>
    </message>
    <message>
        <source>There is no orthomosaic (GeoTIFF) in the folder {folder}.</source>
        <translation>No hay ningún ortomosaico (GeoTIFF) en la carpeta {folder}.</translation>
    </message>
    <message>
        <source>There is no preset {name} for {task}. There are {known}.</source>
        <translation>No hay ningún ajuste predefinido {name} para {task}. Hay {known}.</translation>
    </message>
    <message>
        <source>There is no project ({suffix}) in {folder}.</source>
        <translation>No hay ningún proyecto ({suffix}) en {folder}.</translation>
    </message>
    <message>
        <source>There is no room for the overviews of {name}: {needed} MB are needed in {folder} and {free} MB are free. Free some space, or set BIRCHTREE_HOME to a larger disk.</source>
        <translation>No hay espacio para las vistas reducidas de {name}: hacen falta {needed} MB en {folder} y hay {free} MB libres. Libere espacio, o dirija BIRCHTREE_HOME a un disco mayor.</translation>
    </message>
    <message>
        <source>There is no {path}. Look at its name and its folder, and try again.</source>
        <translation>No existe {path}. Revise su nombre y su carpeta, e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>There is nothing to compare: no crown, predicted or true, lies in the area of {name}. Choose the area of this plot, or check its coordinate reference system.</source>
        <translation>No hay nada que comparar: ninguna copa, predicha o verdadera, está en la zona de {name}. Elija la zona de esta parcela, o revise su sistema de coordenadas.</translation>
    </message>
    <message>
        <source>There is nothing to evaluate. Name at least one file of predictions.</source>
        <translation>No hay nada que evaluar. Nombre al menos un archivo de predicciones.</translation>
    </message>
    <message>
        <source>There is nothing to learn yet: none of the plots has crowns in a complete area.</source>
        <translation>Aún no hay nada que aprender: ninguna de las parcelas tiene copas en una zona completa.</translation>
    </message>
    <message>
        <source>There is nothing to outline: the area of interest does not meet the part of the orthomosaic with data.</source>
        <translation>No hay nada que delinear: el área de interés no toca la parte del ortomosaico con datos.</translation>
    </message>
    <message>
        <source>There is one closing bracket too many (character {at}).</source>
        <translation>Hay un paréntesis de cierre de más (carácter {at}).</translation>
    </message>
    <message>
        <source>There is room for {found} such control plots on this plot, not for {count}. Choose fewer or smaller ones.</source>
        <translation>En esta parcela caben {found} de esas parcelas de control, no {count}. Elija menos o más pequeñas.</translation>
    </message>
    <message>
        <source>These are the same file. Name the projects of two surveys.</source>
        <translation>Es el mismo archivo. Nombre los proyectos de dos vuelos.</translation>
    </message>
    <message>
        <source>These crowns do not overlap, so there is nothing to take away.</source>
        <translation>Estas copas no se solapan, así que no hay nada que restar.</translation>
    </message>
    <message>
        <source>These plots were read by different versions of {model_id}. Measure them again with the one that is installed (`birchtree measure PLOT --model {model_id} --all`).</source>
        <translation>Estas parcelas las leyeron distintas versiones de {model_id}. Mídalas de nuevo con la que está instalada (`birchtree measure PLOT --model {model_id} --all`).</translation>
    </message>
    <message>
        <source>These species were taught with another model ({model_id}, {known} numbers a crown, here {found}). Measure the plot with that model, or teach them again.</source>
        <translation>Estas especies se enseñaron con otro modelo ({model_id}, {known} números por copa, aquí {found}). Mida la parcela con ese modelo, o enséñelas de nuevo.</translation>
    </message>
    <message>
        <source>These {count} crowns do not touch each other, so they cannot become one. Merge neighbours only.</source>
        <translation>Estas {count} copas no se tocan, así que no pueden ser una sola. Fusione solo vecinas.</translation>
    </message>
    <message>
        <source>This PyTorch ({version}) finds no NVIDIA graphics card with a driver for CUDA {cuda}.</source>
        <translation>Este PyTorch ({version}) no encuentra ninguna tarjeta gráfica NVIDIA con controlador para CUDA {cuda}.</translation>
    </message>
    <message>
        <source>This PyTorch ({version}) is a build for processors alone.</source>
        <translation>Este PyTorch ({version}) es una versión solo para procesadores.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for the model file {name}. Close other programs, or use a smaller model.</source>
        <translation>La memoria de este equipo no basta para el archivo de modelo {name}. Cierre otros programas, o use un modelo más pequeño.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for this step. Close other programs and try again; what was finished is kept, and a run goes on with --resume.</source>
        <translation>La memoria de este equipo no basta para este paso. Cierre otros programas e inténtelo de nuevo; lo terminado se conserva, y un proceso sigue con --resume.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory is not enough for this training. Close other programs, or use a smaller --batch or smaller tiles.</source>
        <translation>La memoria de este equipo no basta para este entrenamiento. Cierre otros programas, o use un --batch menor o teselas menores.</translation>
    </message>
    <message>
        <source>This crown is too small to be moved there: nothing would be left of it.</source>
        <translation>Esta copa es demasiado pequeña para moverla allí: no quedaría nada de ella.</translation>
    </message>
    <message>
        <source>This file has no shortcuts in it.</source>
        <translation>Este archivo no contiene atajos.</translation>
    </message>
    <message>
        <source>This gives {kind}, and {wanted} are needed (character {at}).</source>
        <translation>Esto da {kind}, y hacen falta {wanted} (carácter {at}).</translation>
    </message>
    <message>
        <source>This gives {kind}, where a condition such as “height &gt; 20” is needed (character {at}).</source>
        <translation>Esto da {kind}, donde hace falta una condición como «height &gt; 20» (carácter {at}).</translation>
    </message>
    <message>
        <source>This is no file of shortcuts: {problem}.</source>
        <translation>Este no es un archivo de atajos: {problem}.</translation>
    </message>
    <message>
        <source>This is the plot that is open. Choose the project of another survey.</source>
        <translation>Esta es la parcela abierta. Elija el proyecto de otro vuelo.</translation>
    </message>
    <message>
        <source>This is too long (character {at}).</source>
        <translation>Es demasiado largo (carácter {at}).</translation>
    </message>
    <message>
        <source>This is too long: {most} characters at most.</source>
        <translation>Es demasiado largo: {most} caracteres como máximo.</translation>
    </message>
    <message>
        <source>This model is under the {title}.
Its text: {url}

Whoever passes the model on must pass that text on with it: save it here in the place of this note.

In short (binding is the text): {summary}
</source>
        <translation>Este modelo está bajo la {title}.
Su texto: {url}

Quien transmita el modelo debe transmitir con él ese texto: guárdelo aquí en lugar de esta nota.

En breve (lo que obliga es el texto): {summary}
</translation>
    </message>
    <message>
        <source>This outline encloses no ground. Draw it with at least three corners.</source>
        <translation>Este contorno no encierra terreno. Dibújelo con al menos tres vértices.</translation>
    </message>
    <message>
        <source>This place is not on the plot.</source>
        <translation>Este lugar no está en la parcela.</translation>
    </message>
    <message>
        <source>This place is not on the plot: it lies more than 100 km away.</source>
        <translation>Este lugar no está en la parcela: está a más de 100 km.</translation>
    </message>
    <message>
        <source>This place is not on the plot: it lies {far} away, {direction} of it.</source>
        <translation>Este lugar no está en la parcela: está a {far}, dirección {direction}.</translation>
    </message>
    <message>
        <source>This plot has no area of interest. Name one with --aoi FILE, or count over all data (--over valid).</source>
        <translation>Esta parcela no tiene área de interés. Nombre una con --aoi FILE, o cuente sobre todos los datos (--over valid).</translation>
    </message>
    <message>
        <source>This plot has no complete area yet. Draw one in the window, or count over all data (--over valid).</source>
        <translation>Esta parcela aún no tiene zonas completas. Dibuje una en la ventana, o cuente sobre todos los datos (--over valid).</translation>
    </message>
    <message>
        <source>This plot has no crowns yet, so the export is empty.</source>
        <translation>Esta parcela aún no tiene copas, así que la exportación está vacía.</translation>
    </message>
    <message>
        <source>Tiles of {tile_px} cells of {gsd_m} m cannot be made. Use 64 to 4096 cells of 0.005 to 2 m.</source>
        <translation>No se pueden hacer teselas de {tile_px} celdas de {gsd_m} m. Use de 64 a 4096 celdas de 0,005 a 2 m.</translation>
    </message>
    <message>
        <source>Trained with BirchTree {version}</source>
        <translation>Entrenado con BirchTree {version}</translation>
    </message>
    <message>
        <source>Training runs on the graphics card {name} (CUDA {cuda}).</source>
        <translation>El entrenamiento corre en la tarjeta gráfica {name} (CUDA {cuda}).</translation>
    </message>
    <message>
        <source>Training runs on the processor with {count} threads.</source>
        <translation>El entrenamiento corre en el procesador con {count} hilos.</translation>
    </message>
    <message>
        <source>Training runs on the processor.</source>
        <translation>El entrenamiento corre en el procesador.</translation>
    </message>
    <message>
        <source>Tree crowns of {image_name}</source>
        <translation>Copas de {image_name}</translation>
    </message>
    <message>
        <source>Treetops and watershed on the canopy height, no model file needed</source>
        <translation>Ápices y cuencas sobre la altura del dosel, sin archivo de modelo</translation>
    </message>
    <message>
        <source>Treetops of the surface model as prompts</source>
        <translation>Ápices del modelo de superficie como indicaciones</translation>
    </message>
    <message>
        <source>Type two numbers: east and north as the status bar shows them, or latitude and longitude in degrees.</source>
        <translation>Escriba dos números: este y norte como los muestra la barra de estado, o latitud y longitud en grados.</translation>
    </message>
    <message>
        <source>Western North America</source>
        <translation>Oeste de Norteamérica</translation>
    </message>
    <message>
        <source>What came from {host} is not the file that was asked for (its SHA-256 differs), so it was removed. Run the command again; if it stays so, the file at {url} has been changed.</source>
        <translation>Lo que vino de {host} no es el archivo que se pidió (su SHA-256 difiere), así que se quitó. Ejecute la orden de nuevo; si sigue igual, el archivo de {url} ha cambiado.</translation>
    </message>
    <message>
        <source>With fewer than five places the held-out crowns stand on blocks of {block} m of the same plots: the figures are for these plots, not for new ones.</source>
        <translation>Con menos de cinco lugares, las copas apartadas están en bloques de {block} m de las mismas parcelas: las cifras valen para estas parcelas, no para otras nuevas.</translation>
    </message>
    <message>
        <source>Without a DSM of both surveys nobody can say whether a crown without a partner was felled or overlooked.</source>
        <translation>Sin un MDS de ambos vuelos, nadie puede decir si una copa sin pareja fue talada o pasada por alto.</translation>
    </message>
    <message>
        <source>Without crowns for validation nobody knows how good the model is.</source>
        <translation>Sin copas para la validación nadie sabe lo bueno que es el modelo.</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>Escribir nota</translation>
    </message>
    <message>
        <source>Write note on {count} crowns</source>
        <translation>Escribir nota en {count} copas</translation>
    </message>
    <message>
        <source>a class has no name</source>
        <translation>una clase no tiene nombre</translation>
    </message>
    <message>
        <source>a number in it is too long</source>
        <translation>un número en él es demasiado largo</translation>
    </message>
    <message>
        <source>a part of it is longer than the whole</source>
        <translation>una parte de él es más larga que el todo</translation>
    </message>
    <message>
        <source>a part of it is of no known kind</source>
        <translation>una parte de él es de una clase desconocida</translation>
    </message>
    <message>
        <source>a row of {table}</source>
        <translation>una fila de {table}</translation>
    </message>
    <message>
        <source>a small network computed the known result; {describe}</source>
        <translation>una red pequeña calculó el resultado conocido; {describe}</translation>
    </message>
    <message>
        <source>a tensor in it has an impossible size</source>
        <translation>un tensor en él tiene un tamaño imposible</translation>
    </message>
    <message>
        <source>a text in it is not UTF-8</source>
        <translation>un texto en él no es UTF-8</translation>
    </message>
    <message>
        <source>a text is a number: {text}</source>
        <translation>un texto es un número: {text}</translation>
    </message>
    <message>
        <source>a text is no JSON: {error}</source>
        <translation>un texto no es JSON: {error}</translation>
    </message>
    <message>
        <source>a tile lacks its picture</source>
        <translation>a una tesela le falta su imagen</translation>
    </message>
    <message>
        <source>above</source>
        <translation>encima</translation>
    </message>
    <message>
        <source>add</source>
        <translation>añadir</translation>
    </message>
    <message>
        <source>an image that it does not name</source>
        <translation>una imagen que no nombra</translation>
    </message>
    <message>
        <source>an option is wrong</source>
        <translation>una opción es incorrecta</translation>
    </message>
    <message>
        <source>an unnamed part</source>
        <translation>una parte sin nombre</translation>
    </message>
    <message>
        <source>area of interest</source>
        <translation>área de interés</translation>
    </message>
    <message>
        <source>as the model</source>
        <translation>como el modelo</translation>
    </message>
    <message>
        <source>below</source>
        <translation>debajo</translation>
    </message>
    <message>
        <source>classes is not a list</source>
        <translation>classes no es una lista</translation>
    </message>
    <message>
        <source>compare</source>
        <translation>comparación</translation>
    </message>
    <message>
        <source>complete area</source>
        <translation>zona completa</translation>
    </message>
    <message>
        <source>control crown</source>
        <translation>copa de control</translation>
    </message>
    <message>
        <source>control plot</source>
        <translation>parcela de control</translation>
    </message>
    <message>
        <source>crown</source>
        <translation>copa</translation>
    </message>
    <message>
        <source>crown {tree_id}</source>
        <translation>la copa {tree_id}</translation>
    </message>
    <message>
        <source>crowns</source>
        <translation>copas</translation>
    </message>
    <message>
        <source>crowns outlined on 40 x 40 m: {told}; written as a shapefile</source>
        <translation>copas delineadas en 40 x 40 m: {told}; escritas como shapefile</translation>
    </message>
    <message>
        <source>custom field: {name}</source>
        <translation>campo propio: {name}</translation>
    </message>
    <message>
        <source>dataset</source>
        <translation>conjunto de entrenamiento</translation>
    </message>
    <message>
        <source>dates like 2026-07-31</source>
        <translation>fechas como 2026-07-31</translation>
    </message>
    <message>
        <source>dead tree</source>
        <translation>árbol muerto</translation>
    </message>
    <message>
        <source>died (there, but dead now)</source>
        <translation>murió (está ahí, pero ahora muerto)</translation>
    </message>
    <message>
        <source>done again</source>
        <translation>rehacerse</translation>
    </message>
    <message>
        <source>download</source>
        <translation>descarga</translation>
    </message>
    <message>
        <source>dsm_norm is {mode} instead of one of {join}</source>
        <translation>dsm_norm es {mode} en vez de uno de {join}</translation>
    </message>
    <message>
        <source>earlier survey</source>
        <translation>vuelo anterior</translation>
    </message>
    <message>
        <source>east</source>
        <translation>este</translation>
    </message>
    <message>
        <source>examine</source>
        <translation>examen</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportación</translation>
    </message>
    <message>
        <source>field {number} is of the wrong kind</source>
        <translation>el campo {number} es de una clase equivocada</translation>
    </message>
    <message>
        <source>files of the format {format} are not opened here</source>
        <translation>los archivos del formato {format} no se abren aquí</translation>
    </message>
    <message>
        <source>fill_rgb is {said} instead of three numbers</source>
        <translation>fill_rgb es {said} en vez de tres números</translation>
    </message>
    <message>
        <source>finished tile</source>
        <translation>tesela terminada</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>desaparecida</translation>
    </message>
    <message>
        <source>graphs is not a list of roles and files</source>
        <translation>graphs no es una lista de papeles y archivos</translation>
    </message>
    <message>
        <source>grid cell</source>
        <translation>celda de la cuadrícula</translation>
    </message>
    <message>
        <source>has a part {unknown} that nothing uses</source>
        <translation>tiene una parte {unknown} que nada usa</translation>
    </message>
    <message>
        <source>has a side of {found} instead of {expected}</source>
        <translation>tiene un lado de {found} en vez de {expected}</translation>
    </message>
    <message>
        <source>has {count} dimensions instead of {count_2}</source>
        <translation>tiene {count} dimensiones en vez de {count_2}</translation>
    </message>
    <message>
        <source>horizontal CRS</source>
        <translation>SRC horizontal</translation>
    </message>
    <message>
        <source>import</source>
        <translation>importación</translation>
    </message>
    <message>
        <source>installed models</source>
        <translation>modelos instalados</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>no es ni verdadero ni falso</translation>
    </message>
    <message>
        <source>is not a list of names and values</source>
        <translation>no es una lista de nombres y valores</translation>
    </message>
    <message>
        <source>is not a list of numbers</source>
        <translation>no es una lista de números</translation>
    </message>
    <message>
        <source>is not a number</source>
        <translation>no es un número</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>no se puede leer</translation>
    </message>
    <message>
        <source>it claims to hold more numbers than any model has</source>
        <translation>dice contener más números que cualquier modelo</translation>
    </message>
    <message>
        <source>it defines words of its own (DOCTYPE)</source>
        <translation>define palabras propias (DOCTYPE)</translation>
    </message>
    <message>
        <source>it did not come to rest in time</source>
        <translation>no se asentó a tiempo</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>no responde</translation>
    </message>
    <message>
        <source>it does not start here</source>
        <translation>no arranca aquí</translation>
    </message>
    <message>
        <source>it ends in the middle of a number</source>
        <translation>termina en medio de un número</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>termina demasiado pronto</translation>
    </message>
    <message>
        <source>it gives numbers that are none (NaN)</source>
        <translation>da números que no lo son (NaN)</translation>
    </message>
    <message>
        <source>it gives {shape} classes where its card names {classes}</source>
        <translation>da {shape} clases donde su ficha nombra {classes}</translation>
    </message>
    <message>
        <source>it has far too many parts</source>
        <translation>tiene demasiadas partes</translation>
    </message>
    <message>
        <source>it has more than {MAX_VRT_BYTES} MB</source>
        <translation>ocupa más de {MAX_VRT_BYTES} MB</translation>
    </message>
    <message>
        <source>it has no column {join}</source>
        <translation>no tiene la columna {join}</translation>
    </message>
    <message>
        <source>it has no input {missing}</source>
        <translation>no tiene la entrada {missing}</translation>
    </message>
    <message>
        <source>it has no output {rstrip}</source>
        <translation>no tiene la salida {rstrip}</translation>
    </message>
    <message>
        <source>it holds a program (Python)</source>
        <translation>contiene un programa (Python)</translation>
    </message>
    <message>
        <source>it holds more than {MAX_ARCHIVE_FILES} files</source>
        <translation>contiene más de {MAX_ARCHIVE_FILES} archivos</translation>
    </message>
    <message>
        <source>it holds no graph</source>
        <translation>no contiene ningún grafo</translation>
    </message>
    <message>
        <source>it holds {name} twice</source>
        <translation>contiene {name} dos veces</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es una carpeta</translation>
    </message>
    <message>
        <source>it is a view</source>
        <translation>es una vista</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>está dañado</translation>
    </message>
    <message>
        <source>it is empty (0 bytes)</source>
        <translation>está vacío (0 bytes)</translation>
    </message>
    <message>
        <source>it is far too large for a list of species</source>
        <translation>es demasiado grande para una lista de especies</translation>
    </message>
    <message>
        <source>it is larger than 10 MB</source>
        <translation>ocupa más de 10 MB</translation>
    </message>
    <message>
        <source>it is missing or cannot be read</source>
        <translation>falta o no se puede leer</translation>
    </message>
    <message>
        <source>it is missing or not JSON</source>
        <translation>falta o no es JSON</translation>
    </message>
    <message>
        <source>it is no {format_name}</source>
        <translation>no es un {format_name}</translation>
    </message>
    <message>
        <source>it is not JSON text</source>
        <translation>no es texto JSON</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>no es texto UTF-8</translation>
    </message>
    <message>
        <source>it is not a COCO file</source>
        <translation>no es un archivo COCO</translation>
    </message>
    <message>
        <source>it is not a text file; save the table as CSV first</source>
        <translation>no es un archivo de texto; guarde primero la tabla como CSV</translation>
    </message>
    <message>
        <source>it is not sound XML ({error})</source>
        <translation>no es XML válido ({error})</translation>
    </message>
    <message>
        <source>it is not what `birchtree dataset` writes</source>
        <translation>no es lo que escribe `birchtree dataset`</translation>
    </message>
    <message>
        <source>it lacks {join}</source>
        <translation>le falta {join}</translation>
    </message>
    <message>
        <source>it lies outside of the set</source>
        <translation>está fuera del conjunto</translation>
    </message>
    <message>
        <source>it names no species</source>
        <translation>no nombra ninguna especie</translation>
    </message>
    <message>
        <source>it names {count} species, and a list holds at most {MOST_SPECIES}</source>
        <translation>nombra {count} especies, y una lista contiene como mucho {MOST_SPECIES}</translation>
    </message>
    <message>
        <source>it reads the bytes of any file as pixels (VRTRawRasterBand)</source>
        <translation>lee los bytes de cualquier archivo como píxeles (VRTRawRasterBand)</translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation>no dijo nada</translation>
    </message>
    <message>
        <source>it stands for files that stand for files, and so on without end</source>
        <translation>remite a archivos que remiten a archivos, y así sin fin</translation>
    </message>
    <message>
        <source>it stands for more than {MAX_VRT_FILES} files</source>
        <translation>remite a más de {MAX_VRT_FILES} archivos</translation>
    </message>
    <message>
        <source>it wants an input {unknown}, which BirchTree cannot give</source>
        <translation>pide una entrada {unknown}, que BirchTree no puede dar</translation>
    </message>
    <message>
        <source>it was opened for reading only</source>
        <translation>se abrió solo para lectura</translation>
    </message>
    <message>
        <source>it was taught on {model_id} {model_key}, here is {model_key_2}</source>
        <translation>se enseñó en {model_id} {model_key}, aquí está {model_key_2}</translation>
    </message>
    <message>
        <source>its CRS</source>
        <translation>su SRC</translation>
    </message>
    <message>
        <source>its card and the graph do not agree on whether elevation is read</source>
        <translation>su ficha y el grafo no coinciden en si se lee la elevación</translation>
    </message>
    <message>
        <source>its card names other species than its head</source>
        <translation>su ficha nombra otras especies que su cabeza</translation>
    </message>
    <message>
        <source>its card says {name} = {said}, which is neither true nor false</source>
        <translation>su ficha dice {name} = {said}, que no es ni verdadero ni falso</translation>
    </message>
    <message>
        <source>its certificate cannot be verified; is this computer&apos;s clock right?</source>
        <translation>no se puede verificar su certificado; ¿está bien el reloj de este equipo?</translation>
    </message>
    <message>
        <source>its description is incomplete</source>
        <translation>su descripción está incompleta</translation>
    </message>
    <message>
        <source>its encoder does not give {join}</source>
        <translation>su codificador no da {join}</translation>
    </message>
    <message>
        <source>its folder is write-protected</source>
        <translation>su carpeta está protegida contra escritura</translation>
    </message>
    <message>
        <source>its graph does not take pictures of {side} cells and give species and heights</source>
        <translation>su grafo no toma imágenes de {side} celdas para dar especies y alturas</translation>
    </message>
    <message>
        <source>its graphs are nested too deeply</source>
        <translation>sus grafos están anidados a demasiada profundidad</translation>
    </message>
    <message>
        <source>its input {name} takes numbers of another kind</source>
        <translation>su entrada {name} toma números de otra clase</translation>
    </message>
    <message>
        <source>its input {name} {fault}</source>
        <translation>su entrada {name} {fault}</translation>
    </message>
    <message>
        <source>its layer of crowns names no CRS</source>
        <translation>su capa de copas no nombra ningún SRC</translation>
    </message>
    <message>
        <source>its name is not known; is there a network?</source>
        <translation>no se conoce su nombre; ¿hay red?</translation>
    </message>
    <message>
        <source>its part {name} holds values that are no numbers</source>
        <translation>su parte {name} contiene valores que no son números</translation>
    </message>
    <message>
        <source>its part {name} is missing or of another shape</source>
        <translation>su parte {name} falta o tiene otra forma</translation>
    </message>
    <message>
        <source>its parts do not fit together</source>
        <translation>sus partes no encajan entre sí</translation>
    </message>
    <message>
        <source>its picture has only {shown} colours</source>
        <translation>su imagen solo tiene {shown} colores</translation>
    </message>
    <message>
        <source>its self-test is under way</source>
        <translation>su autoprueba está en curso</translation>
    </message>
    <message>
        <source>its table {table} is missing</source>
        <translation>falta su tabla {table}</translation>
    </message>
    <message>
        <source>its table {table} lacks the column {missing}</source>
        <translation>a su tabla {table} le falta la columna {missing}</translation>
    </message>
    <message>
        <source>its texts are far too long</source>
        <translation>sus textos son demasiado largos</translation>
    </message>
    <message>
        <source>its unit</source>
        <translation>su unidad</translation>
    </message>
    <message>
        <source>lacks its part {missing}</source>
        <translation>no tiene su parte {missing}</translation>
    </message>
    <message>
        <source>left out: this is the command line without the window</source>
        <translation>omitido: esta es la línea de órdenes sin la ventana</translation>
    </message>
    <message>
        <source>line {line} has </source>
        <translation>línea {line}: </translation>
    </message>
    <message>
        <source>line {line} has no number for slope or intercept of {values}</source>
        <translation>la línea {line} no tiene número para slope o intercept de {values}</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>máscaras</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>medición</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>fusión</translation>
    </message>
    <message>
        <source>model folder</source>
        <translation>carpeta de modelos</translation>
    </message>
    <message>
        <source>more came than was announced</source>
        <translation>llegó más de lo anunciado</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>más de</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nueva</translation>
    </message>
    <message>
        <source>no category</source>
        <translation>sin categoría</translation>
    </message>
    <message>
        <source>no orthomosaic is at hand</source>
        <translation>no hay ningún ortomosaico a mano</translation>
    </message>
    <message>
        <source>no row has the relationship {RELATIONSHIP}</source>
        <translation>ninguna fila tiene la relación {RELATIONSHIP}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>none beside the built-in methods</source>
        <translation>ninguno aparte de los métodos incorporados</translation>
    </message>
    <message>
        <source>none installed; watershed and valley need no files</source>
        <translation>ninguno instalado; watershed y valley no necesitan archivos</translation>
    </message>
    <message>
        <source>none with a height because there is no DSM</source>
        <translation>ninguna con altura porque no hay MDS</translation>
    </message>
    <message>
        <source>north</source>
        <translation>norte</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>noreste</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>noroeste</translation>
    </message>
    <message>
        <source>not a tree</source>
        <translation>no es un árbol</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>no instalado</translation>
    </message>
    <message>
        <source>not outlined in the earlier survey, but something of that height may have stood there</source>
        <translation>no delineada en el vuelo anterior, pero puede que hubiera algo de esa altura</translation>
    </message>
    <message>
        <source>not outlined in the later survey, but something of that height may stand there</source>
        <translation>no delineada en el vuelo posterior, pero puede que haya algo de esa altura</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>no indicado</translation>
    </message>
    <message>
        <source>not stated by whoever made this model</source>
        <translation>no indicado por quien hizo este modelo</translation>
    </message>
    <message>
        <source>of at least 0</source>
        <translation>de al menos 0</translation>
    </message>
    <message>
        <source>one of: </source>
        <translation>uno de: </translation>
    </message>
    <message>
        <source>one place</source>
        <translation>un solo lugar</translation>
    </message>
    <message>
        <source>orthomosaic</source>
        <translation>ortomosaico</translation>
    </message>
    <message>
        <source>outlining plots</source>
        <translation>delinear parcelas</translation>
    </message>
    <message>
        <source>outlining what is clicked</source>
        <translation>delinear aquello en lo que se hace clic</translation>
    </message>
    <message>
        <source>outside the other survey or cut by an edge, not compared</source>
        <translation>fuera del otro vuelo o cortada por un borde, no comparada</translation>
    </message>
    <message>
        <source>payload: {error}</source>
        <translation>contenido: {error}</translation>
    </message>
    <message>
        <source>proposals</source>
        <translation>propuestas</translation>
    </message>
    <message>
        <source>read crowns</source>
        <translation>leer copas</translation>
    </message>
    <message>
        <source>report</source>
        <translation>informe</translation>
    </message>
    <message>
        <source>row {number} has no name</source>
        <translation>la fila {number} no tiene nombre</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>filas</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>ejemplo</translation>
    </message>
    <message>
        <source>sample plot</source>
        <translation>parcela de ejemplo</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>segmentación</translation>
    </message>
    <message>
        <source>settings is not a list of names and values</source>
        <translation>settings no es una lista de nombres y valores</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>otra cosa</translation>
    </message>
    <message>
        <source>south</source>
        <translation>sur</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>sureste</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>suroeste</translation>
    </message>
    <message>
        <source>step of the history</source>
        <translation>paso del historial</translation>
    </message>
    <message>
        <source>survived</source>
        <translation>sobrevivió</translation>
    </message>
    <message>
        <source>the command</source>
        <translation>la orden</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>se cortó la conexión</translation>
    </message>
    <message>
        <source>the disk is write-protected</source>
        <translation>el disco está protegido contra escritura</translation>
    </message>
    <message>
        <source>the entry {name} leads out of it</source>
        <translation>la entrada {name} lleva fuera de él</translation>
    </message>
    <message>
        <source>the file is write-protected</source>
        <translation>el archivo está protegido contra escritura</translation>
    </message>
    <message>
        <source>the file of training embeddings</source>
        <translation>el archivo de descriptores de entrenamiento</translation>
    </message>
    <message>
        <source>the file of training embeddings {name}</source>
        <translation>el archivo de descriptores de entrenamiento {name}</translation>
    </message>
    <message>
        <source>the graph does not say how many classes it tells apart</source>
        <translation>el grafo no dice cuántas clases distingue</translation>
    </message>
    <message>
        <source>the graph {role} has no plain file name</source>
        <translation>el grafo {role} no tiene un nombre de archivo simple</translation>
    </message>
    <message>
        <source>the graph {role} is not described</source>
        <translation>el grafo {role} no está descrito</translation>
    </message>
    <message>
        <source>the graph {role} lacks its hash or size</source>
        <translation>al grafo {role} le falta su huella o su tamaño</translation>
    </message>
    <message>
        <source>the map&apos;s picture has only {shown} colours</source>
        <translation>la imagen del mapa solo tiene {shown} colores</translation>
    </message>
    <message>
        <source>the model {id}</source>
        <translation>el modelo {id}</translation>
    </message>
    <message>
        <source>the name in row {number} is longer than {LONGEST_NAME} letters</source>
        <translation>el nombre de la fila {number} tiene más de {LONGEST_NAME} letras</translation>
    </message>
    <message>
        <source>the number of its CRS is {srs_id}</source>
        <translation>el número de su SRC es {srs_id}</translation>
    </message>
    <message>
        <source>the same with elevation as the fourth channel</source>
        <translation>el mismo con la elevación como cuarto canal</translation>
    </message>
    <message>
        <source>the same without elevation (100 epochs)</source>
        <translation>el mismo sin elevación (100 épocas)</translation>
    </message>
    <message>
        <source>the same without elevation (50 epochs)</source>
        <translation>el mismo sin elevación (50 épocas)</translation>
    </message>
    <message>
        <source>the same, small enough to learn on a processor</source>
        <translation>el mismo, lo bastante pequeño para aprender en un procesador</translation>
    </message>
    <message>
        <source>the sample plot&apos;s report written as HTML and PDF</source>
        <translation>el informe de la parcela de ejemplo escrito en HTML y PDF</translation>
    </message>
    <message>
        <source>the self-test did not run: {str}</source>
        <translation>la autoprueba no se ejecutó: {str}</translation>
    </message>
    <message>
        <source>the self-test differs by {difference} of the known result</source>
        <translation>la autoprueba difiere en {difference} del resultado conocido</translation>
    </message>
    <message>
        <source>the self-test ended the program</source>
        <translation>la autoprueba terminó el programa</translation>
    </message>
    <message>
        <source>the server answers {code}</source>
        <translation>el servidor responde {code}</translation>
    </message>
    <message>
        <source>the server goes on at another place</source>
        <translation>el servidor sigue en otro lugar</translation>
    </message>
    <message>
        <source>the server&apos;s file is shorter than what is here</source>
        <translation>el archivo del servidor es más corto que lo que hay aquí</translation>
    </message>
    <message>
        <source>the setting {name} is not a number</source>
        <translation>el ajuste {name} no es un número</translation>
    </message>
    <message>
        <source>the species head</source>
        <translation>la cabeza de especies</translation>
    </message>
    <message>
        <source>the species were taught on {model_id} {model_key}, but installed is {key}</source>
        <translation>las especies se enseñaron en {model_id} {model_key}, pero está instalado {key}</translation>
    </message>
    <message>
        <source>the task {values} is not one of {join}</source>
        <translation>la tarea {values} no es una de {join}</translation>
    </message>
    <message>
        <source>the weights {name} are not all there</source>
        <translation>los pesos {name} no están todos</translation>
    </message>
    <message>
        <source>the weights {name} lie at an impossible place</source>
        <translation>los pesos {name} están en un lugar imposible</translation>
    </message>
    <message>
        <source>this plot&apos;s orthomosaic is {name}</source>
        <translation>el ortomosaico de esta parcela es {name}</translation>
    </message>
    <message>
        <source>tile {index} of {name}</source>
        <translation>tesela {index} de {name}</translation>
    </message>
    <message>
        <source>tile_px is not a whole number from 0 to {MAX_TILE_PX}</source>
        <translation>tile_px no es un número entero de 0 a {MAX_TILE_PX}</translation>
    </message>
    <message>
        <source>tiles</source>
        <translation>teselas</translation>
    </message>
    <message>
        <source>train</source>
        <translation>entrenamiento</translation>
    </message>
    <message>
        <source>tree</source>
        <translation>árbol</translation>
    </message>
    <message>
        <source>tree fern</source>
        <translation>helecho arborescente</translation>
    </message>
    <message>
        <source>trees</source>
        <translation>árboles</translation>
    </message>
    <message>
        <source>two classes have the same name</source>
        <translation>dos clases tienen el mismo nombre</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>deshacerse</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>unknown species</source>
        <translation>especie desconocida</translation>
    </message>
    <message>
        <source>unreadable schema</source>
        <translation>esquema ilegible</translation>
    </message>
    <message>
        <source>usage: birchtree COMMAND ...
birchtree: there is no command or file {word}.{hint}</source>
        <translation>uso: birchtree COMMAND ...
birchtree: no hay ninguna orden ni archivo {word}.{hint}</translation>
    </message>
    <message>
        <source>use of elevation</source>
        <translation>uso de la elevación</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>verificación</translation>
    </message>
    <message>
        <source>west</source>
        <translation>oeste</translation>
    </message>
    <message>
        <source>what suits few crowns</source>
        <translation>lo que conviene a pocas copas</translation>
    </message>
    <message>
        <source>what the paper of DINOvTree did (200 epochs)</source>
        <translation>lo que hizo el artículo de DINOvTree (200 épocas)</translation>
    </message>
    <message>
        <source>what was taught on {model_id}</source>
        <translation>lo que se enseñó en {model_id}</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>números enteros</translation>
    </message>
    <message>
        <source>window of {size}{with_plot} painted ({platformName})</source>
        <translation>ventana de {size}{with_plot} pintada ({platformName})</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>sí o no</translation>
    </message>
    <message>
        <source>{TITLE} with a Segment Anything model</source>
        <translation>{TITLE} con un modelo Segment Anything</translation>
    </message>
    <message>
        <source>{TITLE} with {title}</source>
        <translation>{TITLE} con {title}</translation>
    </message>
    <message>
        <source>{absurd} heights are below 0 or above {MAX_HEIGHT_M} m and were left out: no tree is that tall. They may be elevations, or in another unit than metres.</source>
        <translation>{absurd} alturas son negativas o superan {MAX_HEIGHT_M} m y se dejaron fuera: ningún árbol es tan alto. Pueden ser altitudes, o estar en otra unidad que metros.</translation>
    </message>
    <message>
        <source>{abs} cm east and {abs_2} cm north</source>
        <translation>{abs} cm al este y {abs_2} cm al norte</translation>
    </message>
    <message>
        <source>{abs} cm east and {abs_2} cm south</source>
        <translation>{abs} cm al este y {abs_2} cm al sur</translation>
    </message>
    <message>
        <source>{abs} cm west and {abs_2} cm north</source>
        <translation>{abs} cm al oeste y {abs_2} cm al norte</translation>
    </message>
    <message>
        <source>{abs} cm west and {abs_2} cm south</source>
        <translation>{abs} cm al oeste y {abs_2} cm al sur</translation>
    </message>
    <message>
        <source>{accuracy} % of {marks} marks named right by a head that had not seen them ({low} to {high} %); mean over species {value} %.</source>
        <translation>{accuracy} % de {marks} marcas bien nombradas por una cabeza que no las había visto ({low} a {high} %); media por especie {value} %.</translation>
    </message>
    <message>
        <source>{added} {crowns} added and {changed} changed from {name}.</source>
        <translation>{added} {crowns} añadidas y {changed} cambiadas desde {name}.</translation>
    </message>
    <message>
        <source>{address} is no address.</source>
        <translation>{address} no es una dirección.</translation>
    </message>
    <message>
        <source>{away_m} km</source>
        <translation>{away_m} km</translation>
    </message>
    <message>
        <source>{count} areas</source>
        <translation>{count} zonas</translation>
    </message>
    <message>
        <source>{count} crowns</source>
        <translation>{count} copas</translation>
    </message>
    <message>
        <source>{count} crowns are few: expect little, and figures that chance decides as much as the model.</source>
        <translation>{count} copas son pocas: espere poco, y cifras que decide tanto el azar como el modelo.</translation>
    </message>
    <message>
        <source>{count} crowns are too few to tell what is usual; at least {least} are needed.</source>
        <translation>{count} copas son muy pocas para decir qué es habitual; se necesitan al menos {least}.</translation>
    </message>
    <message>
        <source>{count} crowns of {name}</source>
        <translation>{count} copas de {name}</translation>
    </message>
    <message>
        <source>{count} crowns of {name} lie outside its complete areas and are left out.</source>
        <translation>{count} copas de {name} están fuera de sus zonas completas y se dejan fuera.</translation>
    </message>
    <message>
        <source>{count} of the {inside} crowns in the complete areas of {name} are proposals that nobody has looked at; they are taught as they are.</source>
        <translation>{count} de las {inside} copas en las zonas completas de {name} son propuestas que nadie ha mirado; se enseñan tal como están.</translation>
    </message>
    <message>
        <source>{count} row</source>
        <translation>{count} fila</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} filas</translation>
    </message>
    <message>
        <source>{count} rows without a usable outline are left out (tree_id {some}).</source>
        <translation>{count} filas sin contorno utilizable se dejan fuera (tree_id {some}).</translation>
    </message>
    <message>
        <source>{count} species taught on {id}</source>
        <translation>{count} especies enseñadas en {id}</translation>
    </message>
    <message>
        <source>{count} tiles with {crowns} crowns to learn from, {crowns_2} crowns for validation, {crowns_3} for the last examination.</source>
        <translation>{count} teselas con {crowns} copas para aprender, {crowns_2} copas para la validación, {crowns_3} para el último examen.</translation>
    </message>
    <message>
        <source>{count} verified</source>
        <translation>{count} verificados</translation>
    </message>
    <message>
        <source>{count} with {name}</source>
        <translation>{count} con {name}</translation>
    </message>
    <message>
        <source>{count} {proposals} carried over ({shaped} shaped anew)</source>
        <translation>{count} {proposals} trasladadas ({shaped} con forma nueva)</translation>
    </message>
    <message>
        <source>{crowns} of {crowns_2} crowns are boxes: outlines are learned from the {drawn} that somebody drew, and where there are none of these nearby, from the boxes.</source>
        <translation>{crowns} de {crowns_2} copas son cajas: los contornos se aprenden de las {drawn} que alguien dibujó y, donde no hay ninguna cerca, de las cajas.</translation>
    </message>
    <message>
        <source>{crowns} {crowns_2} written to {path}.</source>
        <translation>{crowns} {crowns_2} escritas en {path}.</translation>
    </message>
    <message>
        <source>{cut} texts are longer than a shapefile can hold and were cut; the GeoPackage has them whole.</source>
        <translation>{cut} textos son más largos de lo que cabe en un shapefile y se cortaron; el GeoPackage los tiene enteros.</translation>
    </message>
    <message>
        <source>{dates} are not two days: write them as 2025-07-31.</source>
        <translation>{dates} no son dos días: escríbalos como 2025-07-31.</translation>
    </message>
    <message>
        <source>{error} is missing or wrong</source>
        <translation>{error} falta o es erróneo</translation>
    </message>
    <message>
        <source>{failed} of {total} plots could not be done: {names}. The others are. Mend what the table says, then run the same command with --resume, which leaves finished plots as they are.</source>
        <translation>No se pudieron hacer {failed} de {total} parcelas: {names}. Las demás sí. Arregle lo que dice la tabla y ejecute la misma orden con --resume, que deja como están las parcelas terminadas.</translation>
    </message>
    <message>
        <source>{first} and {second} would go into the same project {output}. Name others in a list with a column output.</source>
        <translation>{first} y {second} irían al mismo proyecto {output}. Nombre otros en una lista con una columna output.</translation>
    </message>
    <message>
        <source>{flat} of {count} tiles have no elevation (no DSM, or nothing but NaN in it).</source>
        <translation>{flat} de {count} teselas no tienen elevación (no hay MDS, o solo NaN en él).</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason}). Make room on the disk.</source>
        <translation>No se puede escribir en {folder} ({reason}). Libere espacio en el disco.</translation>
    </message>
    <message>
        <source>{folder} could not be deleted ({reason}). Close what uses it, then delete the folder.</source>
        <translation>No se pudo eliminar {folder} ({reason}). Cierre lo que la usa y después elimine la carpeta.</translation>
    </message>
    <message>
        <source>{folder} holds no training set. Make one with `birchtree dataset`.</source>
        <translation>{folder} no contiene ningún conjunto de entrenamiento. Haga uno con `birchtree dataset`.</translation>
    </message>
    <message>
        <source>{folder} holds no training that could be resumed. Begin one without --resume, or name its folder.</source>
        <translation>{folder} no contiene ningún entrenamiento que reanudar. Empiece uno sin --resume, o nombre su carpeta.</translation>
    </message>
    <message>
        <source>{folder} is not an empty folder. A training set needs a folder of its own: name a new one.</source>
        <translation>{folder} no es una carpeta vacía. Un conjunto de entrenamiento necesita su propia carpeta: nombre una nueva.</translation>
    </message>
    <message>
        <source>{folder} is not an empty folder. Go on with the training in it with --resume, or name a new folder.</source>
        <translation>{folder} no es una carpeta vacía. Siga el entrenamiento que hay en ella con --resume, o nombre una carpeta nueva.</translation>
    </message>
    <message>
        <source>{folder} is there already and not empty. Choose another folder for the model.</source>
        <translation>{folder} ya existe y no está vacía. Elija otra carpeta para el modelo.</translation>
    </message>
    <message>
        <source>{found_bytes} bytes instead of</source>
        <translation>{found_bytes} bytes en vez de</translation>
    </message>
    <message>
        <source>{head}: too little to matter for crowns {crown_m} m wide.</source>
        <translation>{head}: demasiado poco para importar con copas de {crown_m} m de ancho.</translation>
    </message>
    <message>
        <source>{head}: {share} of a crown&apos;s width, which matters.</source>
        <translation>{head}: {share} del ancho de una copa, lo que sí importa.</translation>
    </message>
    <message>
        <source>{head}; {there} were there already, {gone} are gone. {sentence}</source>
        <translation>{head}; {there} ya estaban ahí, {gone} han desaparecido. {sentence}</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}. Check the network and run the command again; what has come is kept.</source>
        <translation>No se puede alcanzar {host}: {reason}. Revise la red y ejecute la orden de nuevo; lo que llegó se conserva.</translation>
    </message>
    <message>
        <source>{host} gives this file only to people who have signed in or agreed to its terms (HTTP {status}). Fetch {url} with a browser, then run `birchtree models convert FILE`.</source>
        <translation>{host} solo da este archivo a quienes han iniciado sesión o aceptado sus condiciones (HTTP {status}). Descargue {url} con un navegador y ejecute `birchtree models convert FILE`.</translation>
    </message>
    <message>
        <source>{host} refuses to give the file (HTTP {status}). Try again later.</source>
        <translation>{host} se niega a dar el archivo (HTTP {status}). Inténtelo más tarde.</translation>
    </message>
    <message>
        <source>{host} sends the download on to an address that is not safe to follow.</source>
        <translation>{host} remite la descarga a una dirección que no es seguro seguir.</translation>
    </message>
    <message>
        <source>{host} stopped giving the file: {why}. {done} MB have come and are kept; run the command again to go on.</source>
        <translation>{host} dejó de dar el archivo: {why}. Llegaron {done} MB y se conservan; ejecute la orden de nuevo para seguir.</translation>
    </message>
    <message>
        <source>{int} outlines were changed after they were measured; measure them again.</source>
        <translation>{int} contornos cambiaron después de medirse; mídalos de nuevo.</translation>
    </message>
    <message>
        <source>{join}; split by {split_by}, places: {places}.</source>
        <translation>{join}; repartidas por {split_by}, lugares: {places}.</translation>
    </message>
    <message>
        <source>{left_out} rows belong to other images and were left out.</source>
        <translation>{left_out} filas pertenecen a otras imágenes y se dejaron fuera.</translation>
    </message>
    <message>
        <source>{left} holds {left_kind} and {right} holds {right_kind}: they cannot be compared (character {at}).</source>
        <translation>{left} contiene {left_kind} y {right} contiene {right_kind}: no se pueden comparar (carácter {at}).</translation>
    </message>
    <message>
        <source>{marks} marks: too few to check with; mark at least two crowns of each species.</source>
        <translation>{marks} marcas: muy pocas para comprobar; marque al menos dos copas de cada especie.</translation>
    </message>
    <message>
        <source>{measured} crowns measured, {heights}; {up_to_date} were up to date.</source>
        <translation>{measured} copas medidas, {heights}; {up_to_date} estaban al día.</translation>
    </message>
    <message>
        <source>{minutes} minutes cannot be: use more than 0.</source>
        <translation>{minutes} minutos no son posibles: use más de 0.</translation>
    </message>
    <message>
        <source>{missing} is not among the providers that are installed</source>
        <translation>{missing} no está entre los motores instalados</translation>
    </message>
    <message>
        <source>{model_id} gives nothing to teach on: no crown could be read, or the model makes no embeddings. Try --model {plain}.</source>
        <translation>{model_id} no da nada con que enseñar: no se pudo leer ninguna copa, o el modelo no hace descriptores. Pruebe --model {plain}.</translation>
    </message>
    <message>
        <source>{model_id} in {where} cannot be a model&apos;s id. An id has up to 64 small letters, digits, dots, dashes and underscores, and is not that of a built-in method.</source>
        <translation>{model_id} en {where} no puede ser el identificador de un modelo. Un identificador tiene hasta 64 letras minúsculas, cifras, puntos, guiones y guiones bajos, y no es el de un método incorporado.</translation>
    </message>
    <message>
        <source>{model} does not know {names}, which grow on this plot: it will call them something else. Teach it with `birchtree species teach`.</source>
        <translation>{model} no conoce {names}, que crecen en esta parcela: les dará otro nombre. Enséñeselas con `birchtree species teach`.</translation>
    </message>
    <message>
        <source>{model} has read all {up_to_date} crowns before; nothing to do.</source>
        <translation>{model} ya ha leído las {up_to_date} copas; no hay nada que hacer.</translation>
    </message>
    <message>
        <source>{model} was trained at: {site}. Elsewhere its probabilities are too high; check some crowns of each species, or teach it with `birchtree species teach`.</source>
        <translation>{model} se entrenó en: {site}. En otros lugares sus probabilidades son demasiado altas; compruebe algunas copas de cada especie, o enséñele con `birchtree species teach`.</translation>
    </message>
    <message>
        <source>{model} was trained on pictures of {trained:.1f} cm a cell; this orthomosaic has {here:.1f} cm, so leaves and twigs that it looks for cannot be seen. Its species and heights are guesses here.</source>
        <translation>{model} se entrenó con imágenes de {trained:.1f} cm por celda; este ortomosaico tiene {here:.1f} cm, así que no se ven las hojas y ramillas que busca. Aquí sus especies y alturas son conjeturas.</translation>
    </message>
    <message>
        <source>{named} got a species</source>
        <translation>{named} recibieron una especie</translation>
    </message>
    <message>
        <source>{name} cannot be made in {folder}: the folder is missing or write-protected. Choose another folder.</source>
        <translation>No se puede crear {name} en {folder}: la carpeta falta o está protegida contra escritura. Elija otra carpeta.</translation>
    </message>
    <message>
        <source>{name} cannot be opened as a raster: {reason}. Choose a GeoTIFF, or copy or export the file again.</source>
        <translation>No se puede abrir {name} como ráster: {reason}. Elija un GeoTIFF, o copie o exporte el archivo de nuevo.</translation>
    </message>
    <message>
        <source>{name} cannot be opened: {why}.</source>
        <translation>No se puede abrir {name}: {why}.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}). Check that it is there and that you may open it.</source>
        <translation>No se puede leer {name} ({reason}). Compruebe que está ahí y que puede abrirlo.</translation>
    </message>
    <message>
        <source>{name} cannot be read as JSON ({reason}). Export it again.</source>
        <translation>No se puede leer {name} como JSON ({reason}). Expórtelo de nuevo.</translation>
    </message>
    <message>
        <source>{name} cannot be read as a vector file ({reason}). Open it in a GIS and save it as GeoPackage or shapefile.</source>
        <translation>No se puede leer {name} como archivo vectorial ({reason}). Ábralo en un SIG y guárdelo como GeoPackage o shapefile.</translation>
    </message>
    <message>
        <source>{name} cannot be read: the file is damaged or cut off ({reason}). Copy or export it again.</source>
        <translation>No se puede leer {name}: el archivo está dañado o cortado ({reason}). Cópielo o expórtelo de nuevo.</translation>
    </message>
    <message>
        <source>{name} cannot be written in {folder} ({reason}). Close it in other programs, or choose another folder.</source>
        <translation>No se puede escribir {name} en {folder} ({reason}). Ciérrelo en otros programas, o elija otra carpeta.</translation>
    </message>
    <message>
        <source>{name} cannot be written: it or its folder is write-protected.</source>
        <translation>No se puede escribir {name}: el archivo o su carpeta está protegido contra escritura.</translation>
    </message>
    <message>
        <source>{name} claims to have {width} x {height} pixels in {bands} bands, more than any survey ({side} a side, {bands_limit} bands). The file is damaged, or the export went wrong: make it again.</source>
        <translation>{name} dice tener {width} x {height} píxeles en {bands} bandas, más que cualquier vuelo ({side} de lado, {bands_limit} bandas). El archivo está dañado, o la exportación salió mal: hágala de nuevo.</translation>
    </message>
    <message>
        <source>{name} claims {width} x {height} pixels in {bands} bands, far more than a tile of a training set.</source>
        <translation>{name} dice tener {width} x {height} píxeles en {bands} bandas, mucho más que una tesela de un conjunto de entrenamiento.</translation>
    </message>
    <message>
        <source>{name} comes without its .shx file. A shapefile is several files: copy all of them ({stem}.shp, .shx, .dbf, .prj) into one folder.</source>
        <translation>{name} viene sin su archivo .shx. Un shapefile son varios archivos: cópielos todos ({stem}.shp, .shx, .dbf, .prj) en una misma carpeta.</translation>
    </message>
    <message>
        <source>{name} could not be written ({reason}). The older file, if any, is unchanged.</source>
        <translation>No se pudo escribir {name} ({reason}). El archivo anterior, si lo hay, no ha cambiado.</translation>
    </message>
    <message>
        <source>{name} counts in pixels of {images}, not in map coordinates, and {own}. Export the crowns with map coordinates (shapefile, GeoPackage or GeoJSON in the CRS of the orthomosaic).</source>
        <translation>{name} cuenta en píxeles de {images}, no en coordenadas de mapa, y {own}. Exporte las copas con coordenadas de mapa (shapefile, GeoPackage o GeoJSON en el SRC del ortomosaico).</translation>
    </message>
    <message>
        <source>{name} counts pixels in a {width} x {height} version of {image}, but the orthomosaic here has {own_width} x {own_height}. Export the crowns again with map coordinates.</source>
        <translation>{name} cuenta píxeles en una versión de {width} x {height} de {image}, pero el ortomosaico de aquí tiene {own_width} x {own_height}. Exporte las copas de nuevo con coordenadas de mapa.</translation>
    </message>
    <message>
        <source>{name} does not hold outlines itself but stands for another file or a web service, which is not opened. Open it in a GIS and save it as GeoPackage or shapefile.</source>
        <translation>{name} no contiene contornos sino que remite a otro archivo o a un servicio web, que no se abre. Ábralo en un SIG y guárdelo como GeoPackage o shapefile.</translation>
    </message>
    <message>
        <source>{name} does not name its CRS rightly; its coordinates fit the plot&apos;s CRS and are taken so.</source>
        <translation>{name} no nombra bien su SRC; sus coordenadas encajan con el SRC de la parcela y se toman así.</translation>
    </message>
    <message>
        <source>{name} does not say in which CRS it is, and its coordinates ({left:.0f}, {bottom:.0f}) do not lie on the plot. Set its CRS in your GIS and save it again.</source>
        <translation>{name} no dice en qué SRC está, y sus coordenadas ({left:.0f}, {bottom:.0f}) no caen en la parcela. Indique su SRC en su SIG y guárdelo de nuevo.</translation>
    </message>
    <message>
        <source>{name} does not say where on the map it lies (no geotransform, CRS or control points). Export it again as a GeoTIFF with georeference, or put its world file (.tfw) beside it.</source>
        <translation>{name} no dice en qué lugar del mapa está (sin geotransformación, SRC ni puntos de control). Expórtelo de nuevo como GeoTIFF con georreferencia, o ponga a su lado su archivo .tfw.</translation>
    </message>
    <message>
        <source>{name} ends in {suffix}, which is no export format. Choose one of: {known}.</source>
        <translation>{name} termina en {suffix}, que no es un formato de exportación. Elija uno de: {known}.</translation>
    </message>
    <message>
        <source>{name} gives its pixels a size or a place that cannot be ({numbers}). Export it again.</source>
        <translation>{name} da a sus píxeles un tamaño o un lugar imposibles ({numbers}). Expórtelo de nuevo.</translation>
    </message>
    <message>
        <source>{name} has a {colour} border that it does not declare as nodata; it is left out.</source>
        <translation>{name} tiene un borde ({colour}) que no declara como sin datos; se deja fuera.</translation>
    </message>
    <message>
        <source>{name} has been closed.</source>
        <translation>{name} se ha cerrado.</translation>
    </message>
    <message>
        <source>{name} has control points instead of a geotransform and is straightened as it is read. Positions are as good as these points.</source>
        <translation>{name} tiene puntos de control en vez de una geotransformación y se endereza al leerlo. Las posiciones valen lo que valen esos puntos.</translation>
    </message>
    <message>
        <source>{name} has neither a column WKT with outlines nor boxes in xmin, ymin, xmax, ymax. Its columns are: {columns}. Export the crowns with their geometry as WKT.</source>
        <translation>{name} no tiene ni una columna WKT con contornos ni rectángulos en xmin, ymin, xmax, ymax. Sus columnas son: {columns}. Exporte las copas con su geometría como WKT.</translation>
    </message>
    <message>
        <source>{name} has no complete area, so nothing of it is learned: only inside one is it known that what is no crown is background. Mark an area in which every crown is outlined, or say that the whole plot is reviewed.</source>
        <translation>{name} no tiene zonas completas, así que no se aprende nada de él: solo dentro de una se sabe que lo que no es copa es fondo. Marque una zona en la que todas las copas estén delineadas, o diga que toda la parcela está revisada.</translation>
    </message>
    <message>
        <source>{name} has no complete area. Draw one in the window (Shift+A), or give a file with polygons.</source>
        <translation>{name} no tiene zonas completas. Dibuje una en la ventana (Mayús+A), o dé un archivo con polígonos.</translation>
    </message>
    <message>
        <source>{name} has no crowns yet, so it teaches nothing.</source>
        <translation>{name} aún no tiene copas, así que no enseña nada.</translation>
    </message>
    <message>
        <source>{name} has only {width} x {height} pixels. Choose the full-size raster, not a placeholder.</source>
        <translation>{name} solo tiene {width} x {height} píxeles. Elija el ráster a tamaño completo, no un sustituto.</translation>
    </message>
    <message>
        <source>{name} has {count} bands; bands {wanted} cannot be shown. Choose one band, or three for red, green and blue, each between 1 and {count}.</source>
        <translation>{name} tiene {count} bandas; no se pueden mostrar las bandas {wanted}. Elija una banda, o tres para rojo, verde y azul, cada una entre 1 y {count}.</translation>
    </message>
    <message>
        <source>{name} holds complex numbers (radar data). Choose an orthomosaic or elevation model.</source>
        <translation>{name} contiene números complejos (datos de radar). Elija un ortomosaico o un modelo de elevación.</translation>
    </message>
    <message>
        <source>{name} holds no polygons, so there are no crowns in it. Choose a file with outlines; points and lines cannot become crowns.</source>
        <translation>{name} no contiene polígonos, así que no hay copas en él. Elija un archivo con contornos; puntos y líneas no pueden convertirse en copas.</translation>
    </message>
    <message>
        <source>{name} holds no raster band itself (it may be a container of several rasters). Export one as a GeoTIFF.</source>
        <translation>{name} no contiene por sí mismo ninguna banda (puede ser un contenedor de varios rásteres). Exporte uno como GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} holds numbers of a colour table instead of colours. Export it as RGB (in QGIS: Raster &gt; Conversion &gt; PCT to RGB).</source>
        <translation>{name} contiene números de una tabla de colores en vez de colores. Expórtelo como RGB (en QGIS: Ráster &gt; Conversión &gt; PCT a RGB).</translation>
    </message>
    <message>
        <source>{name} holds {count} rows, more than the {limit} that are read at once. Cut it to the plot in a GIS.</source>
        <translation>{name} contiene {count} filas, más que las {limit} que se leen de una vez. Recórtelo a la parcela en un SIG.</translation>
    </message>
    <message>
        <source>{name} holds {size} MB, more than the {limit} MB that are read at once. Cut it to the plot in a GIS.</source>
        <translation>{name} contiene {size} MB, más que los {limit} MB que se leen de una vez. Recórtelo a la parcela en un SIG.</translation>
    </message>
    <message>
        <source>{name} is a picture ({bands} bands of 8 bit), not an elevation model. Choose the DSM or DTM of the survey: one band of heights.</source>
        <translation>{name} es una imagen ({bands} bandas de 8 bits), no un modelo de elevación. Elija el MDS o el MDT del vuelo: una banda de alturas.</translation>
    </message>
    <message>
        <source>{name} is a training checkpoint, not a finished model; nothing of it was run. Convert it with `birchtree models convert {name}`, which also installs it.</source>
        <translation>{name} es un checkpoint de entrenamiento, no un modelo terminado; no se ejecutó nada de él. Conviértalo con `birchtree models convert {name}`, que también lo instala.</translation>
    </message>
    <message>
        <source>{name} is a virtual raster (VRT) that is not opened: {why}. Make it again from raster files, or export it as a GeoTIFF.</source>
        <translation>{name} es un ráster virtual (VRT) que no se abre: {why}. Hágalo de nuevo a partir de archivos ráster, o expórtelo como GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} is cut off or is no ONNX file ({reason}), so nothing of it was run. Get it again.</source>
        <translation>{name} está cortado o no es un archivo ONNX ({reason}), así que no se ejecutó nada de él. Consígalo de nuevo.</translation>
    </message>
    <message>
        <source>{name} is damaged ({why}). Take a copy from your backup; if there is none, QGIS may still read part of it.</source>
        <translation>{name} está dañado ({why}). Tome una copia de su respaldo; si no la hay, QGIS quizá pueda leer una parte.</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes): it was never written or was lost in copying. Fetch it again from where it came, or start a new project from the orthomosaic.</source>
        <translation>{name} está vacío (0 bytes): nunca se escribió o se perdió al copiarlo. Tráigalo de nuevo de donde vino, o empiece un proyecto nuevo desde el ortomosaico.</translation>
    </message>
    <message>
        <source>{name} is encrypted or packed in an unusual way</source>
        <translation>{name} está cifrado o empaquetado de un modo inusual</translation>
    </message>
    <message>
        <source>{name} is in degrees ({source}); it is shown and measured in {crs}.</source>
        <translation>{name} está en grados ({source}); se muestra y se mide en {crs}.</translation>
    </message>
    <message>
        <source>{name} is in use by another program. Close it there, or try again soon.</source>
        <translation>{name} está en uso por otro programa. Ciérrelo allí, o inténtelo pronto de nuevo.</translation>
    </message>
    <message>
        <source>{name} is in {crs_name}; its coordinates are taken as the plot&apos;s own.</source>
        <translation>{name} está en {crs_name}; sus coordenadas se toman como las de la parcela.</translation>
    </message>
    <message>
        <source>{name} is in {source} and the plot in {target}: there is no way from one to the other, and the coordinates as they are do not lie on the plot. Export the crowns in the CRS of the orthomosaic.</source>
        <translation>{name} está en {source} y la parcela en {target}: no hay camino del uno al otro, y las coordenadas tal como están no caen en la parcela. Exporte las copas en el SRC del ortomosaico.</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>falta {name}</translation>
    </message>
    <message>
        <source>{name} is neither true nor false</source>
        <translation>{name} no es ni verdadero ni falso</translation>
    </message>
    <message>
        <source>{name} is no table that this can write. End its name in .csv or .gpkg.</source>
        <translation>{name} no es una tabla que se pueda escribir. Termine su nombre en .csv o .gpkg.</translation>
    </message>
    <message>
        <source>{name} is not a BirchTree project ({suffix} file). Open its orthomosaic instead, or choose a project.</source>
        <translation>{name} no es un proyecto BirchTree (archivo {suffix}). Abra en su lugar su ortomosaico, o elija un proyecto.</translation>
    </message>
    <message>
        <source>{name} is not a BirchTree project, though another program may open it. Open the orthomosaic of its plot, then import {name} as crowns.</source>
        <translation>{name} no es un proyecto BirchTree, aunque otro programa pueda abrirlo. Abra el ortomosaico de su parcela y después importe {name} como copas.</translation>
    </message>
    <message>
        <source>{name} is not a length in metres</source>
        <translation>{name} no es una longitud en metros</translation>
    </message>
    <message>
        <source>{name} is not text</source>
        <translation>{name} no es texto</translation>
    </message>
    <message>
        <source>{name} is one of the files compared, which the layers would destroy. Choose another name for --layers.</source>
        <translation>{name} es uno de los archivos comparados, que las capas destruirían. Elija otro nombre para --layers.</translation>
    </message>
    <message>
        <source>{name} is one of the files of this plot, which the report would replace. Choose another name.</source>
        <translation>{name} es uno de los archivos de esta parcela, que el informe reemplazaría. Elija otro nombre.</translation>
    </message>
    <message>
        <source>{name} is open for reading only: {why}. Save a copy where you may write, and work on that.</source>
        <translation>{name} está abierto solo para lectura: {why}. Guarde una copia donde pueda escribir, y trabaje en ella.</translation>
    </message>
    <message>
        <source>{name} is stored in pieces of {size} MB, each of which must be unpacked whole (the limit is {limit} MB). Export it as a tiled GeoTIFF.</source>
        <translation>{name} está guardado en piezas de {size} MB, cada una de las cuales hay que descomprimir entera (el límite es {limit} MB). Expórtelo como GeoTIFF teselado.</translation>
    </message>
    <message>
        <source>{name} is the name of a BirchTree project, which an export would destroy. Choose another name.</source>
        <translation>{name} es el nombre de un proyecto BirchTree, que una exportación destruiría. Elija otro nombre.</translation>
    </message>
    <message>
        <source>{name} is there already and no export of BirchTree, so the GeoPackage twin was not written.</source>
        <translation>{name} ya existe y no es una exportación de BirchTree, así que no se escribió el GeoPackage gemelo.</translation>
    </message>
    <message>
        <source>{name} is used{forced}</source>
        <translation>se usa {name}{forced}</translation>
    </message>
    <message>
        <source>{name} leads out of the set&apos;s folder</source>
        <translation>{name} lleva fuera de la carpeta del conjunto</translation>
    </message>
    <message>
        <source>{name} leads to {target}, which is no file on this computer&apos;s disks. BirchTree opens nothing over the network; copy the raster to a folder and choose it there.</source>
        <translation>{name} lleva a {target}, que no es un archivo de los discos de este equipo. BirchTree no abre nada por la red; copie el ráster a una carpeta y elíjalo allí.</translation>
    </message>
    <message>
        <source>{name} looks like COCO but does not follow it ({reason}). Export it again from its program.</source>
        <translation>{name} parece COCO pero no lo sigue ({reason}). Expórtelo de nuevo desde su programa.</translation>
    </message>
    <message>
        <source>{name} names no coordinate reference system. Its units are taken as metres, and exported files will have none.</source>
        <translation>{name} no nombra ningún sistema de coordenadas. Sus unidades se toman como metros, y los archivos exportados no lo tendrán.</translation>
    </message>
    <message>
        <source>{name} shows nothing: every pixel is black, white or marked as missing. Export the orthomosaic again.</source>
        <translation>{name} no muestra nada: cada píxel es negro, blanco o está marcado como ausente. Exporte el ortomosaico de nuevo.</translation>
    </message>
    <message>
        <source>{name} was made by a newer BirchTree (file version {version}; this program reads up to {known}). Update BirchTree to open it; the file was not changed.</source>
        <translation>{name} lo hizo un BirchTree más nuevo (versión de archivo {version}; este programa lee hasta la {known}). Actualice BirchTree para abrirlo; el archivo no se cambió.</translation>
    </message>
    <message>
        <source>{name} was made by a trial version of BirchTree (file version {version}) that can no longer be read. QGIS still opens its crowns; export them there and import them into a new project.</source>
        <translation>{name} lo hizo una versión de prueba de BirchTree (versión de archivo {version}) que ya no se puede leer. QGIS aún abre sus copas; expórtelas allí e impórtelas en un proyecto nuevo.</translation>
    </message>
    <message>
        <source>{name} was moved, replaced or deleted by another program while it was open, so this change was not made. What was done before is in the file that was opened: open it where it is now. If it was deleted, save a copy before you close the plot.</source>
        <translation>Otro programa movió, reemplazó o eliminó {name} mientras estaba abierto, así que este cambio no se hizo. Lo hecho antes está en el archivo que se abrió: ábralo donde está ahora. Si se eliminó, guarde una copia antes de cerrar la parcela.</translation>
    </message>
    <message>
        <source>{name} was not closed properly, and its latest edits wait in {log}. Copy both to a folder where you may write, and open the copy.</source>
        <translation>{name} no se cerró bien, y sus últimas ediciones esperan en {log}. Copie ambos a una carpeta donde pueda escribir, y abra la copia.</translation>
    </message>
    <message>
        <source>{name} would grow more than {MAX_SWELLING} times</source>
        <translation>{name} crecería más de {MAX_SWELLING} veces</translation>
    </message>
    <message>
        <source>{name} {get} instead of {ours}</source>
        <translation>{name} {get} en vez de {ours}</translation>
    </message>
    <message>
        <source>{name}, of which it is made, is no file on this computer</source>
        <translation>{name}, del que está hecho, no es un archivo de este equipo</translation>
    </message>
    <message>
        <source>{n} of several parts: the largest part was kept.</source>
        <translation>{n} de varias partes: se conservó la mayor.</translation>
    </message>
    <message>
        <source>{n} that are no polygons left out.</source>
        <translation>{n} que no son polígonos se dejaron fuera.</translation>
    </message>
    <message>
        <source>{n} wholly outside the plot left out.</source>
        <translation>{n} por entero fuera de la parcela se dejaron fuera.</translation>
    </message>
    <message>
        <source>{n} with a self-crossing outline repaired.</source>
        <translation>{n} con un contorno que se cruza, reparadas.</translation>
    </message>
    <message>
        <source>{n} without an outline left out.</source>
        <translation>{n} sin contorno se dejaron fuera.</translation>
    </message>
    <message>
        <source>{option} belongs to a run of a trait model. Name one with --model; `birchtree models list` shows them.</source>
        <translation>{option} va con un proceso de un modelo de rasgos. Nombre uno con --model; `birchtree models list` los muestra.</translation>
    </message>
    <message>
        <source>{ortho} or its elevation is not the same file there (size, time of change or content differ).</source>
        <translation>{ortho} o su elevación no es allí el mismo archivo (difieren tamaño, fecha de cambio o contenido).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}).</source>
        <translation>No se puede leer {path} ({error}).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Check that you may open it, and that its disk is still connected.</source>
        <translation>No se puede leer {path} ({reason}). Compruebe que puede abrirlo, y que su disco sigue conectado.</translation>
    </message>
    <message>
        <source>{path} cannot be read because of the exclamation mark in its name or folder. Rename it.</source>
        <translation>No se puede leer {path} por el signo de exclamación en su nombre o carpeta. Cámbiele el nombre.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {why}.</source>
        <translation>No se puede leer {path}: {why}.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {why}. Make the training set again with `birchtree dataset`.</source>
        <translation>{path} no se puede usar: {why}. Haga de nuevo el conjunto de entrenamiento con `birchtree dataset`.</translation>
    </message>
    <message>
        <source>{path} exists already. Open it, or choose another name.</source>
        <translation>{path} ya existe. Ábralo, o elija otro nombre.</translation>
    </message>
    <message>
        <source>{path} holds the crowns of another orthomosaic ({recorded}). Choose another file for {ortho}.</source>
        <translation>{path} contiene las copas de otro ortomosaico ({recorded}). Elija otro archivo para {ortho}.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a BirchTree project.</source>
        <translation>{path} es una carpeta, no un proyecto BirchTree.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged.</source>
        <translation>{path} falta o está dañado.</translation>
    </message>
    <message>
        <source>{places} places</source>
        <translation>{places} lugares</translation>
    </message>
    <message>
        <source>{place} has no model card, so BirchTree cannot know what it does; nothing of it was run. Add a model that BirchTree made, or convert the original checkpoint with `birchtree models convert`.</source>
        <translation>{place} no tiene ficha de modelo, así que BirchTree no puede saber qué hace; no se ejecutó nada de él. Añada un modelo hecho por BirchTree, o convierta el checkpoint original con `birchtree models convert`.</translation>
    </message>
    <message>
        <source>{plot} can only be read ({why}). Use --dry-run, or make it writable.</source>
        <translation>{plot} solo se puede leer ({why}). Use --dry-run, o permita escribir en él.</translation>
    </message>
    <message>
        <source>{provider} is offered but not used: {fault}</source>
        <translation>se ofrece {provider} pero no se usa: {fault}</translation>
    </message>
    <message>
        <source>{read} crowns read by {model}</source>
        <translation>{read} copas leídas por {model}</translation>
    </message>
    <message>
        <source>{sentence} (The worker at {worker} said so, at {title}.)</source>
        <translation>{sentence} (Lo dijo el trabajador {worker}, en {title}.)</translation>
    </message>
    <message>
        <source>{spared} crowns that the export did not have yet, or left out, stay as they are.</source>
        <translation>{spared} copas que la exportación aún no tenía, o dejó fuera, quedan como están.</translation>
    </message>
    <message>
        <source>{split} Nobody has looked at {unreviewed} of these crowns: what a model proposed is taught as if a person had drawn it.</source>
        <translation>{split} Nadie ha mirado {unreviewed} de estas copas: lo que propuso un modelo se enseña como si lo hubiera dibujado una persona.</translation>
    </message>
    <message>
        <source>{split} Nothing is left for validation, so training cannot tell when to stop: add plots, or use smaller blocks.</source>
        <translation>{split} No queda nada para la validación, así que el entrenamiento no puede saber cuándo parar: añada parcelas, o use bloques más pequeños.</translation>
    </message>
    <message>
        <source>{split} of {name}</source>
        <translation>{split} de {name}</translation>
    </message>
    <message>
        <source>{stated} is no SHA-256: that has 64 digits and letters a to f.</source>
        <translation>{stated} no es un SHA-256: ese tiene 64 cifras y letras de la a a la f.</translation>
    </message>
    <message>
        <source>{steps} steps fit into {minutes} minutes on this computer.</source>
        <translation>{steps} pasos caben en {minutes} minutos en este equipo.</translation>
    </message>
    <message>
        <source>{sum} crowns of {name}</source>
        <translation>{sum} copas de {name}</translation>
    </message>
    <message>
        <source>{tiles} tiles with {crowns} crowns for {split}</source>
        <translation>{tiles} teselas con {crowns} copas para {split}</translation>
    </message>
    <message>
        <source>{title} comes with BirchTree and cannot be changed. Give your list another name.</source>
        <translation>{title} viene con BirchTree y no se puede cambiar. Dé otro nombre a su lista.</translation>
    </message>
    <message>
        <source>{title} ended one worker after the other, so it is not tried again. Most often their memory is not enough: give them more with `dask worker --memory-limit`, or fewer threads with --nthreads 1. {resume} (Dask says: {reason})</source>
        <translation>{title} terminó un trabajador tras otro, así que no se intenta más. Lo más frecuente es que les falte memoria: deles más con `dask worker --memory-limit`, o menos hilos con --nthreads 1. {resume} (Dask dice: {reason})</translation>
    </message>
    <message>
        <source>{title}, {size_bytes} MB from {host}; licence: {title_2}</source>
        <translation>{title}, {size_bytes} MB de {host}; licencia: {title_2}</translation>
    </message>
    <message>
        <source>{url} is not fetched: only addresses that begin with https:// are safe.</source>
        <translation>{url} no se descarga: solo son seguras las direcciones que empiezan por https://.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which is true or false.</source>
        <translation>{value} no es un valor para {name}, que es true o false.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which must be a number {least}.</source>
        <translation>{value} no es un valor para {name}, que debe ser un número {least}.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}, which must be a whole number.</source>
        <translation>{value} no es un valor para {name}, que debe ser un número entero.</translation>
    </message>
    <message>
        <source>{value} {name} cannot be: use 1 or more.</source>
        <translation>{value} {name} no es posible: use 1 o más.</translation>
    </message>
    <message>
        <source>{verb} {what} by {amount} m</source>
        <translation>{verb} {what} en {amount} m</translation>
    </message>
    <message>
        <source>{what} cannot be used: {why}. Nothing of it was run. Teach it again, or get it again from whoever made it.</source>
        <translation>No se puede usar {what}: {why}. No se ejecutó nada de ello. Enseñe de nuevo, o consígalo de quien lo hizo.</translation>
    </message>
    <message>
        <source>{what} has no weights that training could go on from. Name a crowns model that BirchTree trained, the folder of an earlier training, or leave out --from.</source>
        <translation>{what} no tiene pesos desde los que el entrenamiento pueda seguir. Nombre un modelo de copas que BirchTree haya entrenado, la carpeta de un entrenamiento anterior, u omita --from.</translation>
    </message>
    <message>
        <source>{who} does not understand its options: {line}</source>
        <translation>{who} no entiende sus opciones: {line}</translation>
    </message>
    <message>
        <source>{who} ended with {exit_code}: {message}</source>
        <translation>{who} terminó con {exit_code}: {message}</translation>
    </message>
    <message>
        <source>{who} was ended by the system (signal {signal}), most often because memory ran out. Close other programs, or do this on a larger computer and bring the model&apos;s folder here.</source>
        <translation>El sistema terminó {who} (señal {signal}), casi siempre por falta de memoria. Cierre otros programas, o hágalo en un equipo mayor y traiga aquí la carpeta del modelo.</translation>
    </message>
    <message>
        <source>{width} x {height} px</source>
        <translation>{width} x {height} px</translation>
    </message>
    <message>
        <source>{with_height} with a height ({height_source})</source>
        <translation>{with_height} con altura ({height_source})</translation>
    </message>
    <message>
        <source>{without_picture} have no picture</source>
        <translation>{without_picture} no tienen imagen</translation>
    </message>
    <message>
        <source>{work} needs PyTorch, which comes in a pack of its own, and is not installed. Download the training pack of BirchTree {version} and run the script in it (docs/packaging.md); or do it on another computer and bring the model&apos;s folder here with `birchtree models add`. It was looked for in {folder}.</source>
        <translation>{work} requiere PyTorch, que viene en un paquete aparte y no está instalado. Descargue el paquete de entrenamiento de BirchTree {version} y ejecute el script que contiene (docs/packaging.md); o hágalo en otro equipo y traiga aquí la carpeta del modelo con `birchtree models add`. Se buscó en {folder}.</translation>
    </message>
    <message>
        <source>{work} needs PyTorch, which this installation lacks ({missing}). Install it once, with `make setup-all` in the folder of BirchTree&apos;s source; or do it on another computer and bring the model&apos;s folder here with `birchtree models add`.</source>
        <translation>{work} requiere PyTorch, que falta en esta instalación ({missing}). Instálelo una vez con `make setup-all` en la carpeta del código fuente de BirchTree; o hágalo en otro equipo y traiga aquí la carpeta del modelo con `birchtree models add`.</translation>
    </message>
    <message>
        <source>{work} needs PyTorch. The training pack in {folder} was made for BirchTree {version}, not for this one. Install the training pack of this version; your own models and training sets stay.</source>
        <translation>{work} requiere PyTorch. El paquete de entrenamiento de {folder} se hizo para BirchTree {version}, no para este. Instale el paquete de entrenamiento de esta versión; sus modelos y conjuntos de entrenamiento se conservan.</translation>
    </message>
    <message>
        <source>“between” needs two values: between 10 and 20</source>
        <translation>«between» necesita dos valores: between 10 and 20</translation>
    </message>
    <message>
        <source>“in” needs a list in brackets: in (&apos;a&apos;, &apos;b&apos;)</source>
        <translation>«in» necesita una lista entre paréntesis: in (&apos;a&apos;, &apos;b&apos;)</translation>
    </message>
    <message>
        <source>“{name}” can no longer be {what}, because crown {tree_id} was changed by another program since.</source>
        <translation>«{name}» ya no puede {what}, porque otro programa cambió desde entonces la copa {tree_id}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: another program left a row {tree_id} without an outline in the file.</source>
        <translation>«{name}» no se puede hacer: otro programa dejó en el archivo una fila {tree_id} sin contorno.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: crown {tree_id} is no longer there. Look at the map again and repeat it.</source>
        <translation>«{name}» no se puede hacer: la copa {tree_id} ya no está. Mire el mapa de nuevo y repítalo.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: crown {tree_id} was changed meanwhile. Look at it again and repeat the step.</source>
        <translation>«{name}» no se puede hacer: la copa {tree_id} cambió entretanto. Mírela de nuevo y repita el paso.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: there is already a crown {tree_id}. Take a fresh id and try again.</source>
        <translation>«{name}» no se puede hacer: ya hay una copa {tree_id}. Tome un número nuevo e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>“{name}” cannot be done: {what} {number} was changed meanwhile. Look at it again and repeat the step.</source>
        <translation>«{name}» no se puede hacer: {what} {number} cambió entretanto. Mírelo de nuevo y repita el paso.</translation>
    </message>
    <message>
        <source>“{name}” does not take so many values (character {at}).</source>
        <translation>«{name}» no admite tantos valores (carácter {at}).</translation>
    </message>
    <message>
        <source>“{sign}” compares numbers and dates, and {name} holds {kind} (character {at}).</source>
        <translation>«{sign}» compara números y fechas, y {name} contiene {kind} (carácter {at}).</translation>
    </message>
    <message>
        <source>“{sign}” looks for text, and {name} holds {kind} (character {at}).</source>
        <translation>«{sign}» busca texto, y {name} contiene {kind} (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is neither yes nor no (character {at}).</source>
        <translation>«{text}» no es ni sí ni no (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is no status. Use one of: {known}.</source>
        <translation>«{text}» no es un estado. Use uno de: {known}.</translation>
    </message>
    <message>
        <source>“{text}” is not a date such as 2026-07-31 (character {at}).</source>
        <translation>«{text}» no es una fecha como 2026-07-31 (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not a number (character {at}).</source>
        <translation>«{text}» no es un número (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not a value of {name}, which takes {what}.</source>
        <translation>«{text}» no es un valor de {name}, que admite {what}.</translation>
    </message>
    <message>
        <source>“{text}” is not understood (character {at}).</source>
        <translation>No se entiende «{text}» (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not understood here (character {at}).</source>
        <translation>Aquí no se entiende «{text}» (carácter {at}).</translation>
    </message>
    <message>
        <source>“{text}” is not understood: {closing} is missing at its end (character {at}).</source>
        <translation>No se entiende «{text}»: falta {closing} al final (carácter {at}).</translation>
    </message>
    <message>
        <source>“{value}” for {name} is no key.</source>
        <translation>«{value}» para {name} no es una tecla.</translation>
    </message>
</context>
</TS>
