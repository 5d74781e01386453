package uz.ksb.pos.product;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "uz.ksb.pos.product", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("uz.ksb.pos.product.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRulesOfTheCatalogueArePure = noClasses()
            .that()
            .haveSimpleName("ChunkDiff")
            .or()
            .haveSimpleName("RowOutcome")
            .or()
            .haveSimpleName("ProductParser")
            .or()
            .resideInAPackage("..row..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..");

    @ArchTest
    static final ArchRule resourcesDoNotKnowTheDatabase = classes()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("io.vertx.mutiny.sqlclient..");
}
