@echo off
rem Runs the Maven named in .mvn\wrapper\maven-wrapper.properties, whatever Maven is installed.
rem The first run fetches it, as mvnw does: through an installed mvn, or else from the Apache archive.
setlocal DisableDelayedExpansion

set "properties=%~dp0.mvn\wrapper\maven-wrapper.properties"
set "version="
set "sum="
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%properties%") do (
  if "%%a"=="distributionVersion" set "version=%%b"
  if "%%a"=="distributionSha512Sum" set "sum=%%b"
)
if not defined version goto noProperties
if not defined sum goto noProperties

set "archive=apache-maven-%version%-bin.tar.gz"
set "userHome=%MAVEN_USER_HOME%"
if not defined userHome set "userHome=%USERPROFILE%\.m2"
rem Part of the sum is in the path: a changed sum never meets a distribution it did not verify.
set "parent=%userHome%\wrapper\dists\apache-maven-%version%\%sum:~0,16%"
set "maven=%parent%\apache-maven-%version%"
if exist "%maven%\bin\mvn.cmd" goto run

if not exist "%parent%" mkdir "%parent%"
set "tries=0"
:newScratch
set /a tries+=1
if %tries% gtr 20 goto noScratch
set "scratch=%parent%\.fetch.%RANDOM%"
mkdir "%scratch%" 2>nul || goto newScratch

rem The scratch folder's own empty .mvn keeps the project's options away from this mvn.
where /q mvn || goto download
echo mvnw: fetching Maven %version% through the installed mvn>&2
pushd "%scratch%"
mkdir .mvn
setlocal
set "MAVEN_BASEDIR="
set "MAVEN_PROJECTBASEDIR="
set "MAVEN_CONFIG="
call mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=org.apache.maven:apache-maven:%version%:tar.gz:bin" "-DoutputDirectory=." <nul 1>&2
endlocal
popd
if exist "%scratch%\%archive%" goto verify

:download
set "url=https://archive.apache.org/dist/maven/maven-3/%version%/binaries/%archive%"
echo mvnw: fetching %url%>&2
"%SystemRoot%\System32\curl.exe" -fsSL --connect-timeout 20 -o "%scratch%\%archive%" "%url%" || goto noArchive

:verify
set "actual="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%scratch%\%archive%" SHA512') do if not defined actual set "actual=%%h"
if not defined actual goto noHash
set "actual=%actual: =%"
if /i not "%actual%"=="%sum%" goto wrongSum

"%SystemRoot%\System32\tar.exe" -xzf "%scratch%\%archive%" -C "%scratch%"
rem The move fails when another mvnw was first: then its copy serves.
move "%scratch%\apache-maven-%version%" "%parent%" >nul 2>nul
rmdir /s /q "%scratch%"
if not exist "%maven%\bin\mvn.cmd" goto noMaven

:run
endlocal & call "%maven%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:noProperties
echo mvnw: %properties% must set distributionVersion and distributionSha512Sum>&2
exit /b 1

:noScratch
echo mvnw: cannot create a folder in %parent%>&2
exit /b 1

:noArchive
echo mvnw: could not fetch Maven %version%: it takes an installed mvn (any version) that reaches its>&2
echo repository, or access to archive.apache.org>&2
rmdir /s /q "%scratch%"
exit /b 1

:noHash
echo mvnw: cannot verify the download: certutil gave no SHA-512>&2
rmdir /s /q "%scratch%"
exit /b 1

:wrongSum
echo mvnw: refusing %archive%: its SHA-512 is>&2
echo   %actual%>&2
echo but %properties% expects>&2
echo   %sum%>&2
rmdir /s /q "%scratch%"
exit /b 1

:noMaven
echo mvnw: could not put Maven into %parent%>&2
exit /b 1
