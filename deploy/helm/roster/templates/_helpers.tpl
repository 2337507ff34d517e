{{- define "roster.labels" -}}
app.kubernetes.io/part-of: roster
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "roster.host" -}}
{{- (urlParse .Values.issuer).hostname -}}
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
{{- $_ := set $settings "OTEL_SDK_DISABLED" "false" }}
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
