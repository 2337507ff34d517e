package dev.roster.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.testing.Beside;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** What no part of the house may do; who may know whom is in {@link LayersTest}. */
@Beside
class ArchitectureTest {
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.roster");

    @Test
    void contractsHoldNoQuery() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.roster.api..", "dev.roster.web..")
                .and()
                .resideOutsideOfPackage("dev.roster.api.error..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx.sqlclient..",
                        "io.vertx.mutiny.sqlclient..",
                        "io.vertx.pgclient..",
                        "io.quarkus.hibernate..",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "java.sql..",
                        "javax.sql.."))
                .because("a contract translates; queries belong to features"));
    }

    @Test
    void contractsKnowNoEntityOfAnOrganization() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.roster.api..")
                .should()
                .accessTargetWhere(isQueryOfAnEntity())
                .because("what a contract shows is a record that a use case gave it"));
    }

    @Test
    void contractsDoNotKnowEachOther() {
        check(slices().matching("dev.roster.api.(*)..")
                .namingSlices("contract $1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("dev.roster.api.."),
                        resideInAnyPackage("dev.roster.api.error..", "dev.roster.api.oauth2..")));
    }

    @Test
    void partsOfThePlatformFormNoCycle() {
        check(slices().matching("dev.roster.platform.(*)..").should().beFreeOfCycles());
    }

    @Test
    void dependenciesComeThroughTheConstructor() {
        check(noFields().should().beAnnotatedWith(Inject.class));
    }

    @Test
    void nothingBlocksAnEventLoop() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.roster.platform.database..", "dev.roster.doctor..", "dev.roster.cli..")
                .should()
                .callMethodWhere(blocks())
                .orShould()
                // The exception only says what a statement of the reactive client met.
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..").and(not(assignableTo(SQLException.class))))
                .because("a blocked event loop answers none of its requests"));
    }

    @Test
    void nothingIsDeletedThroughASession() {
        check(noClasses()
                .should()
                .accessTargetWhere(deletesThroughASession())
                .because("two at once may never end, see OrganizationRow.delete"));
    }

    /** A table has one writer, also where its rows are entities; {@link TableOwnersTest} sees to statements. */
    @Test
    void entitiesAreChangedInTheirPackage() {
        check(noClasses()
                .should()
                .accessFieldWhere(setsFieldOfOthersEntity())
                .because("what may become of a row is said by its package"));
    }

    @Test
    void noUniqueRowIsAskedForAsTheFirst() {
        assertEquals(
                Set.of(), callers(call -> call.getName().equals("firstResult")), "planned each time, see UniqueRow");
    }

    @Test
    void sessionsAreOpenedAsAWhole() {
        Set<String> opening =
                callers(call -> call.getTargetOwner().getSimpleName().equals("Panache")
                        && call.getName().startsWith("with"));
        assertEquals(
                Set.of(
                        "dev.roster.platform.persistence.UnitOfWork.begin",
                        "dev.roster.platform.persistence.UnitOfWork.session"),
                opening.stream()
                        .map(name -> name.replaceAll("lambda\\$([a-z]+)\\$\\d+", "$1"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingOfAMachineIsStatic() {
        check(noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(Random.class)
                        .or(assignableTo(AutoCloseable.class))
                        .or(assignableTo(Clock.class))
                        .or(assignableTo(Instant.class))
                        .or(assignableTo(Thread.class)))
                .because(
                        "a native image would keep that of the machine that builds it, its seed and what is open too"));
    }

    @Test
    void onlyTheStartWaits() {
        Set<String> waiting =
                callers(call -> call.getTargetOwner().getSimpleName().equals("VertxContextSupport")
                        && call.getName().equals("subscribeAndAwait"));
        assertEquals(
                Set.of(
                        "dev.roster.platform.database.Migrations.attempt",
                        "dev.roster.revocation.RevocationFeed.onStart"),
                waiting);
    }

    @Test
    void textIsNormalizedBehindItsLimitOnly() {
        Set<String> normalizing =
                callers(call -> call.getTargetOwner().getName().equals("java.text.Normalizer"));
        assertEquals(
                Set.of(
                        "dev.roster.platform.validation.CanonicalText.fold",
                        "dev.roster.platform.validation.CanonicalText.compose"),
                normalizing);
    }

    @Test
    void timeComesFromTheClock() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.roster.platform.time..")
                .and()
                .resideOutsideOfPackage("dev.roster.platform.database..")
                .and()
                .doNotHaveFullyQualifiedName("dev.roster.doctor.Doctor")
                .should()
                .callMethodWhere(readsTheSystemClock())
                .because("a test moves the injected clock"));
    }

    @Test
    void everyEndpointNamesItsPermission() {
        check(methods()
                .that(are(endpoints()))
                .should()
                .beAnnotatedWith(PermissionsAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class));
    }

    /** Without it one that returns no publisher is called on a thread of a pool. */
    @Test
    void everyEndpointIsCalledOnAnEventLoop() {
        check(methods()
                .that(are(endpoints()))
                .and()
                .doNotHaveRawReturnType(assignableTo(Uni.class).or(assignableTo(Multi.class)))
                .should()
                .beAnnotatedWith(NonBlocking.class)
                .orShould()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(NonBlocking.class));
        check(noClasses().should().dependOnClassesThat().areAssignableTo(Blocking.class));
    }

    @Test
    void onlyTheseEndpointsAreOpen() {
        Set<String> open = SERVICE.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(endpoints())
                .filter(method -> method.isAnnotatedWith(PermitAll.class))
                .map(ArchitectureTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(Set.of(
                        "dev.roster.api.v1.EmailChangesResource.confirm",
                        "dev.roster.api.v1.InvitesResource.accept",
                        "dev.roster.api.v1.InvitesResource.token",
                        "dev.roster.api.v1.PasswordResetsResource.forgot",
                        "dev.roster.api.v1.PasswordResetsResource.reset",
                        "dev.roster.api.zenml.ZenmlLoginResource.login",
                        "dev.roster.api.oauth2.IntrospectionResource.introspect",
                        "dev.roster.api.oauth2.MetadataResource.configuration",
                        "dev.roster.api.oauth2.MetadataResource.metadata",
                        "dev.roster.api.oauth2.PublicKeysResource.keys",
                        "dev.roster.api.oauth2.PublicKeysResource.keysAsJson",
                        "dev.roster.api.oauth2.RevocationResource.revoke",
                        "dev.roster.api.oauth2.TokenResource.token",
                        "dev.roster.web.AccountPage.end",
                        "dev.roster.web.AccountPage.show",
                        "dev.roster.web.AddressPage.change",
                        "dev.roster.web.AddressPage.show",
                        "dev.roster.web.AuthorizePage.authorize",
                        "dev.roster.web.AuthorizePage.decide",
                        "dev.roster.web.ConfirmEmailPage.confirm",
                        "dev.roster.web.ConfirmEmailPage.show",
                        "dev.roster.web.ConsentsPage.show",
                        "dev.roster.web.ConsentsPage.withdraw",
                        "dev.roster.web.FederatedPage.begin",
                        "dev.roster.web.FederatedPage.complete",
                        "dev.roster.web.ForgotPage.ask",
                        "dev.roster.web.ForgotPage.show",
                        "dev.roster.web.InvitePage.accept",
                        "dev.roster.web.InvitePage.show",
                        "dev.roster.web.KeysPage.create",
                        "dev.roster.web.KeysPage.end",
                        "dev.roster.web.KeysPage.show",
                        "dev.roster.web.LogoPage.show",
                        "dev.roster.web.LogoutPage.confirm",
                        "dev.roster.web.LogoutPage.logout",
                        "dev.roster.web.PasswordPage.change",
                        "dev.roster.web.PasswordPage.show",
                        "dev.roster.web.ProfilePage.change",
                        "dev.roster.web.ProfilePage.show",
                        "dev.roster.web.ProviderPage.begin",
                        "dev.roster.web.ProviderPage.show",
                        "dev.roster.web.ResetPage.reset",
                        "dev.roster.web.ResetPage.show",
                        "dev.roster.web.SignInPage.show",
                        "dev.roster.web.SignInPage.signIn",
                        "dev.roster.web.SignOutPage.signOut")),
                open);
    }

    @Test
    void onlyStartAndEndWriteToTheConsole() {
        Set<String> writers = SERVICE.stream()
                .filter(type -> type.getFieldAccessesFromSelf().stream().anyMatch(ArchitectureTest::isConsole))
                .map(type -> type.getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(Set.of("ClosingLast", "Roster", "RosterCommand", "StartConsole", "StartExamination")),
                writers);
    }

    private static DescribedPredicate<JavaFieldAccess> setsFieldOfOthersEntity() {
        return DescribedPredicate.describe(
                "sets a field of another package's entity",
                access -> access.getAccessType() == JavaFieldAccess.AccessType.SET
                        && access.getTargetOwner().isAnnotatedWith(Entity.class)
                        && !access.getTargetOwner()
                                .getPackageName()
                                .equals(access.getOriginOwner().getPackageName()));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
    }

    /** Active-record calls; reading a field of an entity that a use case returned is not one. */
    private static DescribedPredicate<JavaAccess<?>> isQueryOfAnEntity() {
        return DescribedPredicate.describe(
                "calls a method of an entity",
                access -> access.getTargetOwner().isAnnotatedWith(Entity.class)
                        && access.getTarget() instanceof CodeUnitAccessTarget);
    }

    private static DescribedPredicate<JavaAccess<?>> deletesThroughASession() {
        return DescribedPredicate.describe("deletes an entity through a session", access -> {
            boolean bySession = access.getTargetOwner().isAssignableTo(Mutiny.Session.class)
                    && access.getName().startsWith("remove");
            boolean byEntity = access.getTargetOwner().isAssignableTo(PanacheEntityBase.class)
                    && !access.getTargetOwner().isAssignableTo(OrganizationRow.class)
                    && access.getTarget() instanceof CodeUnitAccessTarget method
                    && method.getName().equals("delete")
                    && method.getRawParameterTypes().isEmpty();
            return bySession || byEntity;
        });
    }

    private static DescribedPredicate<JavaAccess<?>> blocks() {
        Set<String> calls = Set.of(
                "java.lang.Thread.sleep",
                "java.util.concurrent.CompletableFuture.get",
                "java.util.concurrent.CompletableFuture.join",
                "java.util.concurrent.Future.get",
                "java.util.concurrent.CountDownLatch.await",
                "io.smallrye.mutiny.Uni.await",
                "io.smallrye.mutiny.Uni.awaitUsing",
                "io.smallrye.mutiny.Multi.collectItemsBlocking");
        return DescribedPredicate.describe("waits", access -> calls.contains(target(access)));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
        return DescribedPredicate.describe("reads the system clock", access -> {
            String call = target(access);
            return call.equals("java.lang.System.currentTimeMillis")
                    || call.startsWith("java.time.Clock.system")
                    || (call.startsWith("java.time.") && call.endsWith(".now") && !takesAClock(access));
        });
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget().getFullName().contains("java.time.Clock)");
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static Set<String> callers(Predicate<JavaAccess<?>> calls) {
        return SERVICE.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(calls)
                .map(access -> name(access.getOrigin()))
                .collect(Collectors.toSet());
    }

    private static DescribedPredicate<JavaMethod> endpoints() {
        return DescribedPredicate.describe("endpoints", method -> method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .anyMatch(type -> type.isAnnotatedWith(HttpMethod.class)));
    }

    private static boolean isConsole(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isEquivalentTo(System.class) && Set.of("out", "err").contains(access.getName());
    }

    private static String name(JavaMember member) {
        return member.getOwner().getName() + "." + member.getName();
    }
}
