package uz.ksb.pos.sales;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "uz.ksb.pos.sales", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("uz.ksb.pos.sales.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theDomainKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage("..domain..", "..money..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "java.sql..");

    @ArchTest
    static final ArchRule totalsKnowNoSaleAndCustomersKnowNoSale = noClasses()
            .that()
            .resideInAnyPackage("..totals..", "..customer..", "..money..", "..paging..", "..catalogue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..sales.sale..", "..batch..", "..delivery..");
}
