using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Sets up what a process tells about itself.</summary>
public static class TelemetryExtensions
{
    /// <summary>Keeps spans in the state folder, and sends spans and metrics to a collector only where
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="options">Who it is.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddSearchTelemetry(this IHostApplicationBuilder builder, TelemetryOptions options)
    {
        AddVariables(builder.Configuration);
        if (OtlpSettings.IsDisabled(builder.Configuration))
        {
            return builder;
        }

        var otlp = OtlpSettings.Read(builder.Configuration);
        var service = builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : options.ServiceName;
        builder.Services.AddSingleton(otlp).AddHostedService<OtlpNotice>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "searchcluster", serviceVersion: Version))
            .WithTracing(tracing => AddTracing(tracing, options with { ServiceName = service }, otlp));
        if (otlp.Metrics.IsNamed)
        {
            telemetry.WithMetrics(metrics => metrics
                .AddMeter(SearchClusterTelemetry.Name, "Microsoft.AspNetCore.Hosting")
                .AddRuntimeInstrumentation()
                .AddOtlpExporter(otlp.Metrics.Apply));
        }

        return builder;
    }

    private static string? Version =>
        typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    // A host that reads no other variable, so that none can open an address, still honours those of the OpenTelemetry specification.
    private static void AddVariables(IConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            .Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal)),
    });

    // Without the server's source its unsampled activity would be the parent of our spans, and the sampler would drop them all.
    private static void AddTracing(TracerProviderBuilder tracing, TelemetryOptions options, OtlpSettings otlp)
    {
        tracing
            .AddSource(SearchClusterTelemetry.Name)
            .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/healthz"));
        if (options.StateFolder is { } state)
        {
            tracing.AddProcessor(services => new SpanFileProcessor(
                new SpanRouter(state.TracesFolder, options.ServiceName, services.GetService<TimeProvider>() ?? TimeProvider.System)));
        }

        if (otlp.Traces.IsNamed)
        {
            tracing.AddOtlpExporter(otlp.Traces.Apply);
        }
    }
}
