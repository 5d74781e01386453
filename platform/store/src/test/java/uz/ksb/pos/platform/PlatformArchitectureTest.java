package uz.ksb.pos.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "uz.ksb.pos.platform", importOptions = ImportOption.DoNotIncludeTests.class)
class PlatformArchitectureTest {
    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("uz.ksb.pos.platform.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVENTS_DO_NOT_KNOW_HOW_THEY_ARE_STORED = noClasses()
            .that()
            .resideInAPackage("..platform.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.quarkus..", "..platform.outbox..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_SYSTEM_FOR_THE_TIME_OF_DAY = noClasses()
            .that()
            .resideOutsideOfPackages("..platform.time..", "..platform.embedded..", "..platform.testing..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
