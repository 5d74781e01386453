package uz.ksb.pos.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String HUB = "uz.ksb.pos.gateway.hub..";

    private static final String SOCKET_IO = "uz.ksb.pos.gateway.socketio..";
    private static final String WEBSOCKET = "uz.ksb.pos.gateway.websocket..";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uz.ksb.pos.gateway");

    @Test
    void featuresDependInOneDirection() {
        slices().matching("uz.ksb.pos.gateway.(*)..").should().beFreeOfCycles().check(classes);
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

    @Test
    void theSocketIoServerKnowsNothingOfPos() {
        noClasses()
                .that()
                .resideInAnyPackage(SOCKET_IO, WEBSOCKET)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("uz.ksb.pos..").and(not(resideInAnyPackage(SOCKET_IO, WEBSOCKET))))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("uz.ksb.pos.gateway.socketio.packet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "uz.ksb.pos.gateway.socketio.engine..")
                .check(classes);
    }
}
