package dev.roster.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, driven by its own driver: nothing is downloaded. */
public final class Chromium implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final int HEIGHT = 600;
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    // The first page of a service that has just been started, with a hash of a password, on a busy machine
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final String base;

    private Chromium(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    /** Starts one; the test is skipped where it is not installed. */
    public static Chromium start(String base, boolean scripts) {
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "the pages need a browser: apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en");
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogFile(new File("target/chromedriver.log"))
                .build();
        return new Chromium(new ChromeDriver(service, options), base);
    }

    public void open(String path) {
        driver.get(base + path);
    }

    /** The path and query of the page that is shown. */
    String path() {
        return driver.getCurrentUrl().replace(base, "");
    }

    public void awaitPath(String path) {
        new WebDriverWait(driver, SOON).until(shown -> path().equals(path));
    }

    public void fill(String name, String value) {
        driver.findElement(By.name(name)).clear();
        driver.findElement(By.name(name)).sendKeys(value);
    }

    void check(String name) {
        driver.findElement(By.name(name)).click();
    }

    /** What the field of an id shows. */
    String value(String id) {
        return driver.findElement(By.id(id)).getDomProperty("value");
    }

    /** As on the keyboard, wherever the focus is. */
    void type(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** What the element says that has the focus. */
    String focused() {
        return driver.switchTo().activeElement().getText();
    }

    void follow(String link) {
        leaveBy(driver.findElement(By.linkText(link)));
    }

    public void press(String button) {
        leaveBy(driver.findElement(By.xpath("//button[normalize-space()='" + button + "']")));
    }

    /** Opens what is folded behind a summary. */
    void unfold(String summary) {
        driver.findElement(By.xpath("//summary[normalize-space()='" + summary + "']"))
                .click();
    }

    // The click may end before the page does: what is asked next is asked of the page that follows
    private void leaveBy(WebElement link) {
        link.click();
        new WebDriverWait(driver, SOON)
                // The driver's own words, not the standard's, for a page that is just going
                .ignoring(WebDriverException.class)
                .until(ExpectedConditions.stalenessOf(link));
    }

    /** What the page says; while the next one loads there is none for a moment. */
    public String text() {
        return new WebDriverWait(driver, SOON)
                .ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
                .until(shown -> driver.findElement(By.tagName("body")).getText());
    }

    public void awaitText(String part) {
        new WebDriverWait(driver, SOON).until(shown -> text().contains(part));
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    private void wholePage() {
        Number height = (Number) driver.executeScript("return document.documentElement.scrollHeight");
        Number width = (Number) driver.executeScript("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width.intValue(),
                        "height",
                        Math.max(HEIGHT, height.intValue()),
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
    }

    boolean scrollsSideways() {
        return (boolean) driver.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What axe-core finds wrong with the page that is shown, by WCAG 2.2 A and AA. */
    List<String> findings() {
        return new AxeBuilder()
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .setLegacyMode(true)
                        .analyze(driver)
                        .getViolations()
                        .stream()
                        .map(Rule::toString)
                        .toList();
    }

    /** Keeps a picture of the page, where {@code -Droster.pictures=FOLDER} asks for it. */
    void picture(String name) {
        String folder = System.getProperty("roster.pictures", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            wholePage();
            Files.createDirectories(Path.of(folder));
            Files.write(Path.of(folder, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
