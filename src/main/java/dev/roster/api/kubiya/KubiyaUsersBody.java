package dev.roster.api.kubiya;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of users, as the second version of the path has it. */
@Schema(name = "KubiyaUsers")
public record KubiyaUsersBody(List<KubiyaUserBody> items) {}
