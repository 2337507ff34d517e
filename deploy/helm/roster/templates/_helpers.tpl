{{- define "roster.labels" -}}
app.kubernetes.io/part-of: roster
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "roster.host" -}}
{{- (urlParse .Values.issuer).hostname -}}
{{- end }}

{{- /* Which nodes take the pods, as far as it is said. */}}
{{- define "roster.scheduling" -}}
{{- $said := dict }}
{{- range $field, $value := pick .Values "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
{{- if $value }}
{{- $_ := set $said $field $value }}
{{- end }}
{{- end }}
{{- if $said }}
{{- toYaml $said }}
{{- end }}
{{- end }}

{{- /* Stops where something is switched on without the variable that says where it is. */}}
{{- define "roster.address" -}}
{{- $given := hasKey .Values.settings .variable }}
{{- range .Values.extraEnv }}
{{- if eq .name $.variable }}
{{- $given = true }}
{{- end }}
{{- end }}
{{- if not $given }}
{{- fail (printf "%s.enabled: say in settings which, as %s" .what .variable) }}
{{- end }}
{{- end }}

{{- /* What components of the manifests set comes first, so that settings have the last word. */}}
{{- define "roster.settings" -}}
{{- $settings := dict
  "ROSTER_DB_URL" (required "database.url must be set: postgresql://host:port/database" .Values.database.url)
  "ROSTER_ISSUER" (required "issuer must be set: the https address that clients call" .Values.issuer)
  "ROSTER_DB_POOL_SIZE" (.Values.autoscaling.enabled | ternary .Values.autoscaling.pool .Values.database.pool | toString)
  "ROSTER_SHUTDOWN_DELAY" "10S"
  "ROSTER_SHUTDOWN_TIMEOUT" "30S" }}
{{- if or .Values.ingress.enabled .Values.gateway.enabled }}
{{- $_ := set $settings "ROSTER_TRUSTED_PROXIES" .Values.trustedProxies }}
{{- end }}
{{- if .Values.tracing.enabled }}
{{- include "roster.address" (dict "Values" .Values "what" "tracing" "variable" "OTEL_EXPORTER_OTLP_ENDPOINT") }}
{{- $_ := set $settings "OTEL_SDK_DISABLED" "false" }}
{{- end }}
{{- if .Values.mail.enabled }}
{{- include "roster.address" (dict "Values" .Values "what" "mail" "variable" "ROSTER_MAIL_HOST") }}
{{- if ne (int .Values.mail.port) 587 }}
{{- $_ := set $settings "ROSTER_MAIL_PORT" (toString .Values.mail.port) }}
{{- end }}
{{- end }}
{{- range $variable, $value := .Values.settings }}
{{- if regexMatch "(PASSWORD|SECRET|OTLP_HEADERS)$" $variable }}
{{- fail (printf "%s is a secret: take it from one with extraEnv" $variable) }}
{{- end }}
{{- if has $variable (list "ROSTER_MIGRATE" "ROSTER_SIGNING_KEYS" "ROSTER_DB_USERNAME" "ROSTER_ADMIN_CLIENT_ID") }}
{{- fail (printf "%s is set by the pods themselves: as a setting it would do nothing" $variable) }}
{{- end }}
{{- $_ := set $settings $variable (kindIs "float64" $value | ternary ($value | toJson) ($value | toString)) }}
{{- end }}
{{- toYaml $settings }}
{{- end }}
