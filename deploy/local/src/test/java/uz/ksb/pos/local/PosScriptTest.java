package uz.ksb.pos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code pos} chooses a JDK, with made-up JDKs. */
class PosScriptTest {

    @TempDir
    private Path folder;

    @Test
    void javaHomeIsTakenWhenItIsNewEnough() throws Exception {
        Path jdk = jdk("mine", "21.0.4");
        jdk("other", "25.0.1");
        assertThat(javaHome(jdk)).isEqualTo(jdk + "\n");
    }

    @Test
    void anOldJavaHomeIsPassedOverForTheNewestThatIsInstalled() throws Exception {
        Path old = jdk("a-old", "17.0.15");
        jdk("b-21", "21.0.4");
        Path newest = jdk("c-25", "25.0.1");
        jdk("d-old", "1.8.0_392");
        assertThat(javaHome(old)).isEqualTo(newest + "\n");
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Path runtime = jdk("runtime", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        Path jdk = jdk("real", "21.0.4");
        assertThat(javaHome(runtime)).isEqualTo(jdk + "\n");
    }

    @Test
    void withoutAnyItSaysWhatToInstall() throws Exception {
        assertThat(javaHome(jdk("old", "17.0.15")))
                .startsWith("pos: no JDK 21 or newer found")
                .contains("Temurin 25")
                .contains("JAVA_HOME");
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(jdk.resolve("bin").resolve(program), "#!/bin/sh\nexit 1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return jdk;
    }

    /** With only the made-up JDKs to be found. */
    private String javaHome(Path javaHome) throws Exception {
        Path tools = tools();
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", Path.of("../../pos").toString(), "java-home").redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", javaHome.toString(),
                        "POS_JVM_FOLDER", folder.toString(),
                        "POS_TOOLS", folder.resolve("fetched").toString(),
                        "PATH", tools.toString()));
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A PATH with what the script needs and without the machine's own java. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools/only"));
        for (String tool : new String[] {"dirname", "sed", "head", "uname"}) {
            Path link = tools.resolve(tool);
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(link, real);
        }
        return tools;
    }
}
