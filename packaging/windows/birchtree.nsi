; Installs BirchTree for one user, without an administrator. Compiled on Windows by .github/workflows/build.yml, and on
; Linux (to see that it compiles) by packaging/windows/check_nsi.sh:
;
;   makensis -DVERSION=0.1.0 -DSOURCE=dist\birchtree -DOUTPUT=dist\BirchTree-0.1.0-setup.exe packaging\windows\birchtree.nsi
;
; Silent: BirchTree-0.1.0-setup.exe /S    Into another folder: /D=C:\Somewhere (last, without quotes)

Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!ifndef VERSION
  !error "name the version with -DVERSION="
!endif
!ifndef SOURCE
  !error "name the built folder with -DSOURCE="
!endif
!ifndef OUTPUT
  !define OUTPUT "BirchTree-${VERSION}-setup.exe"
!endif
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\BirchTree"
!define PROG_ID "BirchTree.plot"

Name "BirchTree ${VERSION}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\BirchTree"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
SetCompressor /SOLID lzma
ManifestDPIAware true
!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif

!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\birchtree.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${SOURCE}\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Spanish"

LangString RUNNING ${LANG_ENGLISH} "BirchTree is running. Close its window, then click Retry. Nothing is lost: plots are always saved."
LangString RUNNING ${LANG_FRENCH} "BirchTree est ouvert. Fermez sa fenêtre, puis cliquez sur Recommencer. Rien ne se perd : les placettes sont toujours enregistrées."
LangString RUNNING ${LANG_SPANISH} "BirchTree está abierto. Cierre su ventana y pulse Reintentar. No se pierde nada: las parcelas están siempre guardadas."
LangString PLOT_TYPE ${LANG_ENGLISH} "BirchTree plot"
LangString PLOT_TYPE ${LANG_FRENCH} "Placette BirchTree"
LangString PLOT_TYPE ${LANG_SPANISH} "Parcela de BirchTree"
LangString CONSOLE ${LANG_ENGLISH} "BirchTree command line"
LangString CONSOLE ${LANG_FRENCH} "BirchTree en ligne de commande"
LangString CONSOLE ${LANG_SPANISH} "BirchTree en la línea de órdenes"

; A program that runs cannot be overwritten: its file refuses to be opened for writing.
!macro WaitUntilClosed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\birchtree.exe"
      ${Break}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\birchtree.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY +2
    Abort
  ${Loop}
!macroend

Section "BirchTree"
  !insertmacro WaitUntilClosed
  ; What an older version left here would be found by the new one. The folder is ours: nobody keeps plots in it.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  ; `birchtree COMMAND` in a console must be the program that can write to it.
  CreateDirectory "$INSTDIR\bin"
  FileOpen $0 "$INSTDIR\bin\birchtree.cmd" w
  FileWrite $0 '@"%~dp0..\birchtree-cli.exe" %*$\r$\n'
  FileClose $0
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\BirchTree.lnk" "$INSTDIR\birchtree.exe"
  CreateShortcut "$SMPROGRAMS\$(CONSOLE).lnk" "$SYSDIR\cmd.exe" '/k set "PATH=$INSTDIR\bin;%PATH%" & birchtree --help' "$INSTDIR\birchtree.exe"

  ; Windows knows only the last part of a name, and .gpkg belongs to the GIS: BirchTree offers itself, it takes nothing.
  WriteRegStr HKCU "Software\Classes\${PROG_ID}" "" "$(PLOT_TYPE)"
  WriteRegStr HKCU "Software\Classes\${PROG_ID}\DefaultIcon" "" "$INSTDIR\birchtree.exe,0"
  WriteRegStr HKCU "Software\Classes\${PROG_ID}\shell\open\command" "" '"$INSTDIR\birchtree.exe" "%1"'
  WriteRegNone HKCU "Software\Classes\.gpkg\OpenWithProgids" "${PROG_ID}"

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "BirchTree"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\birchtree.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The BirchTree authors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; Settings, models and plots stay: they lie elsewhere (%LOCALAPPDATA%\BirchTree, and where plots were saved).
Section "Uninstall"
  !insertmacro WaitUntilClosed
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\bin"
  Delete "$INSTDIR\birchtree.exe"
  Delete "$INSTDIR\birchtree-cli.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\README.md"
  Delete "$INSTDIR\CHANGELOG.md"
  Delete "$INSTDIR\THIRD-PARTY-LICENSES.txt"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\BirchTree.lnk"
  Delete "$SMPROGRAMS\$(CONSOLE).lnk"
  DeleteRegKey HKCU "Software\Classes\${PROG_ID}"
  DeleteRegValue HKCU "Software\Classes\.gpkg\OpenWithProgids" "${PROG_ID}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
