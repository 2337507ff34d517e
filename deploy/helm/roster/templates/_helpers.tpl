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
  "ROSTER_ISSUER" (required "issuer must be set: the https address that clients call" .Values.issuer) }}
{{- if .Values.autoscaling.enabled }}
{{- $_ := set $settings "ROSTER_DB_POOL_SIZE" (.Values.autoscaling.pool | toString) }}
{{- end }}
{{- if or .Values.ingress.enabled .Values.gateway.enabled }}
{{- $_ := set $settings "ROSTER_TRUSTED_PROXIES" .Values.trustedProxies }}
{{- end }}
{{- if .Values.tracing.enabled }}
{{- $_ := set $settings "OTEL_SDK_DISABLED" "false" }}
{{- end }}
{{- range $variable, $value := .Values.settings }}
{{- if regexMatch "(PASSWORD|SECRET)$" $variable }}
{{- fail (printf "%s is a secret: take it from one with extraEnv" $variable) }}
{{- end }}
{{- $_ := set $settings $variable (kindIs "float64" $value | ternary ($value | toJson) ($value | toString)) }}
{{- end }}
{{- toYaml $settings }}
{{- end }}
