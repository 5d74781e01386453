package uz.ksb.pos.sync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;

@AnalyzeClasses(packages = "uz.ksb.pos.sync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("uz.ksb.pos.sync.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theDomainKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "java.sql..");

    @ArchTest
    static final ArchRule theDomainKnowsNeitherDatabaseNorBackOfficeClient = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..store..", "..ksbmerp..", "..crm..");

    @ArchTest
    static final ArchRule onlyTheAdapterKnowsKsbMerp = noClasses()
            .that()
            .resideOutsideOfPackage("..backoffice..")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("KsbMerp");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses().should().callMethod(Uni.class, "await");
}
