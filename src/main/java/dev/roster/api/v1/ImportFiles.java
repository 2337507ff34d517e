package dev.roster.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.roster.api.error.Failures;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.BodyStream;
import dev.roster.platform.http.RequestBody;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import dev.roster.platform.validation.StorableText;
import dev.roster.platform.validation.Username;
import dev.roster.transfer.CsvCells;
import dev.roster.transfer.CsvRecords;
import dev.roster.transfer.ImportSource;
import dev.roster.transfer.JsonLines;
import dev.roster.transfer.format.FirebaseScrypt;
import dev.roster.transfer.format.FormatOptions;
import dev.roster.transfer.format.SourceFormat;
import dev.roster.user.EmailUsername;
import dev.roster.user.ImportUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How the file of an import is read: as its content type says, or as the export of another system. */
@Singleton
class ImportFiles {
    // No @Consumes: its refusal could not name them
    private static final Set<String> TYPES = Set.of(ItemStream.LINES, MediaType.APPLICATION_JSON, CsvStream.CSV);

    // Each is of one format, which need not be named beside it
    private static final Map<String, SourceFormat> FORMATS =
            Map.of("text/ldif", SourceFormat.LDIF, "application/scim+json", SourceFormat.SCIM);

    private final ObjectMapper json;
    private final Validator validator;
    private final Failures failures;
    private final Clock clock;

    ImportFiles(ObjectMapper json, Validator validator, Failures failures, Clock clock) {
        this.json = json;
        this.validator = validator;
        this.failures = failures;
        this.clock = clock;
    }

    ImportSource source(ImportQuery query, HttpHeaders headers, RoutingContext http) {
        String said = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        String type = RequestBody.mediaType(said);
        if (said != null && !said.isBlank() && !TYPES.contains(type) && !FORMATS.containsKey(type)) {
            throw RosterException.of(ErrorCode.UNSUPPORTED_FILE_TYPE);
        }
        BodyStream body = BodyStream.of(http);
        SourceFormat format = query.format() == null ? FORMATS.get(type) : query.format();
        if (format != null) {
            String scrypt = headers.getHeaderString(FirebaseScrypt.HEADER);
            FormatOptions options = new FormatOptions(
                    scrypt == null ? null : FirebaseScrypt.parse(scrypt),
                    query.takesAllGroups(),
                    query.takesHashes(),
                    clock.instant());
            return new ImportSource(
                    body, format.records(), users(record -> format.line(record, options), query), names(format::who));
        }
        return type.equals(CsvStream.CSV)
                ? new ImportSource(
                        body, new CsvRecords(CsvCells::name), users(CsvCells::line, query), names(CsvCells::who))
                : new ImportSource(
                        body, new JsonLines(), users(ObjectNode.class::cast, query), names(ObjectNode.class::cast));
    }

    private Function<JsonNode, ImportUser> users(Function<JsonNode, ObjectNode> shape, ImportQuery query) {
        boolean groups = query.takesGroups();
        boolean hashes = query.takesHashes();
        return record -> {
            ObjectNode line = shape.apply(record);
            if (line == null) {
                return null;
            }
            if (!groups) {
                line.remove("groups");
            }
            if (!hashes && line.remove("password_hash") instanceof TextNode) {
                // It was said of that password
                line.remove("password_expired");
            }
            return user(line);
        };
    }

    private ImportUser user(JsonNode line) {
        ImportUserBody body = read(line);
        Set<ConstraintViolation<ImportUserBody>> violations = validator.validate(body);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        ImportUser user = body.toUser();
        // Also of texts that no other rule looks into; metadata, which is none, has a rule of its own
        line.properties().forEach(field -> StorableTexts.require(field.getKey(), field.getValue()));
        return user;
    }

    /** The name that the line gives its account, where that could be one or at least is as long as one. */
    private static Function<JsonNode, String> names(Function<JsonNode, ObjectNode> who) {
        return record -> {
            try {
                return name(who.apply(record));
            } catch (RuntimeException unreadable) {
                return null;
            }
        };
    }

    private static String name(ObjectNode line) {
        JsonNode name = line.path("name");
        if (!name.isTextual()) {
            String email = line.path("email_address").asText("");
            return !line.hasNonNull("name") && EmailKey.of(email).isPresent() ? EmailUsername.of(email) : null;
        }
        String text = name.textValue();
        boolean tellable =
                !text.isEmpty() && !CanonicalText.isLonger(text, Username.MAX) && StorableText.isStorable(text);
        return tellable ? text : null;
    }

    private ImportUserBody read(JsonNode line) {
        try {
            return json.treeToValue(line, ImportUserBody.class);
        } catch (JsonProcessingException wrong) {
            throw failures.translate(wrong);
        }
    }
}
