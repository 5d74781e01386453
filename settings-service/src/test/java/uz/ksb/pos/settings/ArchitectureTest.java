package uz.ksb.pos.settings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "uz.ksb.pos.settings", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> DOMAIN = DescribedPredicate.describe(
            "entities, records and enums",
            type -> type.isAnnotatedWith(Entity.class) || type.isRecord() || type.isEnum());

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_FRAMEWORK = noClasses()
            .that(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "org.hibernate..",
                    "jakarta.ws.rs..",
                    "jakarta.inject..");

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("uz.ksb.pos.settings.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_KNOWS_A_RESOURCE =
            classes().that().areAnnotatedWith(Path.class).should().notBePublic();

    @ArchTest
    static final ArchRule NOBODY_BLOCKS = noClasses()
            .that()
            .resideOutsideOfPackage("..bootstrap..")
            .should()
            .callMethod(io.smallrye.mutiny.Uni.class, "await");
}
