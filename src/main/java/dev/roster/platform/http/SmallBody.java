package dev.roster.platform.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks what reads a body before it knows who sends it: the body may only be small. */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface SmallBody {
    /** Bytes. Credentials and scopes, a name and a password need a few hundred. */
    int MOST = 16 * 1024;
}
