using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace SearchCluster.Hosting.Logging;

/// <summary>Sets up the log of a process.</summary>
public static class LoggingExtensions
{
    private const long FileSizeLimit = 32L << 20;
    private const int RetainedFiles = 8;

    /// <summary>Writes compact lines to the error stream and JSON lines to a file; standard output stays free for results.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="options">Where to.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddSearchLogging(this IHostApplicationBuilder builder, LoggingOptions options)
    {
        var start = new StartWatch();
        builder.Services.AddSingleton(start);

        // Each host has a log of its own: the static one of Serilog would be that of whichever host in this process started last.
        builder.Services.AddSerilog(configuration => Configure(configuration, options, start), preserveStaticLogger: true);
        return builder;
    }

    /// <summary>The same log without a host.</summary>
    /// <param name="options">Where to.</param>
    /// <returns>The log; dispose it to flush the file.</returns>
    public static Logger CreateLogger(LoggingOptions options)
    {
        var configuration = new LoggerConfiguration();
        Configure(configuration, options, new StartWatch());
        return configuration.CreateLogger();
    }

    private static void Configure(LoggerConfiguration configuration, LoggingOptions options, StartWatch start)
    {
        configuration
            .Filter.ByExcluding(line => start.IsEnded && ConsoleFilter.IsFaultOfComponent(line))
            .MinimumLevel.Is(options.Verbose ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .Enrich.With(new TraceEnricher())
            .Enrich.WithProperty("service", options.ServiceName);

        if (options.Console != ConsoleLog.Off)
        {
            configuration.WriteTo.Logger(console => console
                .Filter.ByIncludingOnly(options.Console == ConsoleLog.Compact ? ConsoleFilter.IsForPeople : ConsoleFilter.IsNotice)
                .WriteTo.Console(
                    new CompactConsoleFormatter(hasFile: options.StateFolder is not null), standardErrorFromLevel: LogEventLevel.Verbose));
        }

        if (options.StateFolder is { } state)
        {
            RequireFiles(state, SpanFiles.SafeName(options.ServiceName));
            configuration.WriteTo.File(
                new RenderedCompactJsonFormatter(),
                Path.Combine(state.LogsFolder, SpanFiles.SafeName(options.ServiceName) + "-.jsonl"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: FileSizeLimit,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: RetainedFiles);
        }
    }

    // The log goes on in a file that is there, and none of today may be one that waits for a reader.
    private static void RequireFiles(StateFolder state, string service)
    {
        if (Directory.Exists(state.LogsFolder))
        {
            Directory.EnumerateFiles(state.LogsFolder, service + "-*.jsonl").ToList().ForEach(StateFile.Require);
        }
    }
}
