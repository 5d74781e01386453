package uz.ksb.pos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code pos test} ends, in a made-up project with a made-up Maven that prints what the real one once has. */
class TestCommandTest {
    private static final String SUCCESS = "[INFO] BUILD SUCCESS\n";
    private static final String FAILED_TEST = """
            [ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 7.642 s <<< FAILURE! -- in uz.ksb.pos.sales.SalesMetricsTest
            [ERROR] uz.ksb.pos.sales.SalesMetricsTest.theLongestAreNamed -- Time elapsed: 0.291 s <<< FAILURE!
            java.lang.AssertionError:\s

            Expecting actual:
              {"30000051"=187200.135149}
            to contain key:
              "30000071"
            \tat uz.ksb.pos.sales.SalesMetricsTest.theLongestAreNamed(SalesMetricsTest.java:86)

            [ERROR]   SalesMetricsTest.theLongestAreNamed:86\s
            [INFO] BUILD FAILURE
            [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.4:test (default-test) on project sales-service: There are test failures.
            [ERROR]\s
            [ERROR] See /shop/sales-service/target/surefire-reports for the individual test results.
            [ERROR] -> [Help 1]
            [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
            """;
    private static final String CLIENT =
            "[ERROR] [io.quarkiverse.quinoa.deployment.packagemanager.PackageManagerRunner] ";

    @TempDir
    private Path project;

    @BeforeEach
    void makesTheProject() throws IOException {
        Path root = Path.of("../..");
        Path toolchain = Files.createDirectories(project.resolve("deploy/toolchain"));
        for (String file : new String[] {"pos", "pom.xml"}) {
            Files.copy(root.resolve(file), project.resolve(file));
        }
        for (String file : new String[] {"fetch.sh", "toolchain.properties", "failures.awk"}) {
            Files.copy(root.resolve("deploy/toolchain").resolve(file), toolchain.resolve(file));
        }
        program("jdk/bin/java", "exit 1");
        program("jdk/bin/javac", "exit 1");
        Files.writeString(project.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        program("bin/node", "echo v24.0.0");
        program("bin/npm", "exit 1");
        program("bin/mvn", """
                [ "$1" != -v ] || { echo 'Apache Maven 3.9.9 (made up)'; exit; }
                case "$*" in
                *'!deploy/system-tests'*) run=modules ;;
                *' package '*) run=packaging ;;
                *) run=system-tests ;;
                esac
                cat "$run"
                exit "$(cat "$run.status")"
                """);
        prints("packaging", SUCCESS, 0);
        prints("modules", SUCCESS, 0);
        prints("system-tests", SUCCESS, 0);
    }

    @Test
    void whereAllIsWellNothingIsSaidOfFailures() throws Exception {
        Ended ended = test();
        assertThat(ended.status()).isZero();
        assertThat(ended.printed()).doesNotContain("failed");
    }

    @Test
    void aTestThatFailedInTheFirstRunIsNamedAtTheEnd() throws Exception {
        prints("modules", FAILED_TEST, 1);
        Ended ended = test();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed())
                .startsWith("Testing with mvn and JDK 25")
                .contains(FAILED_TEST + "Some modules failed");
        assertThat(ended.end()).isEqualTo("""
                  uz.ksb.pos.sales.SalesMetricsTest.theLongestAreNamed
                      java.lang.AssertionError: Expecting actual: {"30000051"=187200.135149}
                  org.apache.maven.plugins:maven-surefire-plugin:3.5.4:test (default-test) on project sales-service: There are test failures.
                pos: there are failures: see above; all that was printed is in .pos/build/test-log
                """);
        assertThat(Files.readString(project.resolve(".pos/build/test-log"))).isEqualTo(FAILED_TEST + SUCCESS + SUCCESS);
    }

    @Test
    void coloursDoNotHideAFailureOfTheSystemTests() throws Exception {
        prints("system-tests", """
                [\033[1;31mERROR\033[m] uz.ksb.pos.system.MainStoryTest -- Time elapsed: 34.54 s <<< ERROR!
                java.lang.IllegalStateException: the stack did not start
                """, 1);
        Ended ended = test();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.end()).startsWith("""
                  uz.ksb.pos.system.MainStoryTest
                      java.lang.IllegalStateException: the stack did not start
                """);
    }

    @Test
    void failuresOfTheWebClientAreNamed() throws Exception {
        prints(
                "modules",
                CLIENT + "src/money.ts:3:5 lint/style/useConst ━━━━━━━━━━━━\n"
                        + CLIENT
                        + "src/money.ts(12,3): error TS2322: Type 'string' is not assignable to type 'number'.\n"
                        + CLIENT + " FAIL  test/money.test.ts > sums > are exact\n"
                        + CLIENT + " FAIL  test/money.test.ts > sums > are exact\n"
                        + "[INFO] Running uz.ksb.pos.sales.OtherTest\n"
                        + CLIENT + "AssertionError: expected 1 to be 2 // Object.is equality\n"
                        + CLIENT + "\n"
                        + "[ERROR] Failed to execute goal io.quarkus:quarkus-maven-plugin:3.33.2:build (default) on project"
                        + " realtime-gateway: Failed to build quarkus application: Build failed due to errors\n",
                1);
        assertThat(test().end()).startsWith("""
                  web client: src/money.ts:3:5 lint/style/useConst
                  web client: src/money.ts(12,3): error TS2322: Type 'string' is not assignable to type 'number'.
                  web client: test/money.test.ts > sums > are exact
                      AssertionError: expected 1 to be 2 // Object.is equality
                  io.quarkus:quarkus-maven-plugin:3.33.2:build (default) on project realtime-gateway: Failed to build quarkus application: Build failed due to errors
                """);
    }

    @Test
    void ofTheFormatterAndTheCompilerTheFilesAreNamed() throws Exception {
        prints("modules", """
                [ERROR] Failed to execute goal com.diffplug.spotless:spotless-maven-plugin:3.11.0:check (default) on project local: The following files had format violations:
                [ERROR]     src/main/java/uz/ksb/pos/local/Pos.java
                [ERROR]         @@ -151,7 +151,10 @@
                [ERROR]         -················"rate",·"12900");
                [ERROR] Run 'mvn spotless:apply' to fix these violations.
                [ERROR] -> [Help 1]
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.14.0:compile (default-compile) on project store: Compilation failure
                [ERROR] /shop/Outbox.java:[166,30] [FutureReturnValueIgnored] Return value of methods returning Future must be checked.
                [ERROR] -> [Help 2]
                """, 1);
        assertThat(test().end()).startsWith("""
                  com.diffplug.spotless:spotless-maven-plugin:3.11.0:check (default) on project local: The following files had format violations:
                      src/main/java/uz/ksb/pos/local/Pos.java
                  org.apache.maven.plugins:maven-compiler-plugin:3.14.0:compile (default-compile) on project store: Compilation failure
                      /shop/Outbox.java:[166,30] [FutureReturnValueIgnored] Return value of methods returning Future must be checked.
                """);
    }

    @Test
    void ofManyFailuresTheFirstAreNamedAndTheOthersCounted() throws Exception {
        prints(
                "modules",
                IntStream.range(0, 500)
                        .mapToObj(i -> "[ERROR] uz.ksb.ManyTest.case" + i + " -- Time elapsed: 0.1 s <<< FAILURE!\n"
                                + "java.lang.AssertionError: " + "x".repeat(5000) + "\n"
                                + "[ERROR] Failed to execute goal g:p:1:test (t) on project p" + i
                                + ": There are test failures.\n")
                        .collect(Collectors.joining()),
                1);
        String end = test().end();
        assertThat(end.lines()).hasSizeLessThanOrEqualTo(61).allMatch(line -> line.length() < 260);
        assertThat(end).contains("ManyTest.case19\n", "... and 480 more failures", "on project p17:");
    }

    @Test
    void whatCannotBePackagedEndsTheRun() throws Exception {
        prints("modules", FAILED_TEST, 1);
        prints("packaging", "[ERROR] Failed to execute goal on project store: Could not resolve dependencies\n", 1);
        Ended ended = test();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.end())
                .contains("SalesMetricsTest.theLongestAreNamed", "on project store: Could not resolve dependencies")
                .contains("pos: the modules cannot be packaged");
    }

    private void prints(String run, String text, int status) throws IOException {
        Files.writeString(project.resolve(run), text);
        Files.writeString(project.resolve(run + ".status"), Integer.toString(status));
    }

    private void program(String name, String script) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended test() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "./pos", "test")
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        project.resolve("jdk").toString(),
                        "PATH",
                        project.resolve("bin") + ":/usr/bin:/bin"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private record Ended(int status, String printed) {
        /** The lines below the last headline. */
        String end() {
            return printed.substring(printed.lastIndexOf("What failed:\n") + "What failed:\n".length());
        }
    }
}
