package uz.ksb.pos.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String HUB = "uz.ksb.pos.gateway.hub..";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uz.ksb.pos.gateway");

    @Test
    void featuresDependInOneDirection() {
        slices().matching("uz.ksb.pos.gateway.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void packagesHaveAtMostFifteenTypes() {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(15));
    }

    @Test
    void theHubKnowsNeitherSocketsNorKafka() {
        noClasses()
                .that()
                .resideInAPackage(HUB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uz.ksb.pos.gateway.connection..",
                        "uz.ksb.pos.gateway.log..",
                        "io.netty..",
                        "org.apache.kafka..")
                .check(classes);
    }
}
