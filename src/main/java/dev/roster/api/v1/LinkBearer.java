package dev.roster.api.v1;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks operations for who holds the token of a link in a mail, and for nobody else: one mark for each kind of link. */
final class LinkBearer {
    private LinkBearer() {}

    /** The link of an invite. */
    @NameBinding
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Invite {}

    /** The link of a change of e-mail address. */
    @NameBinding
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface EmailChange {}
}
