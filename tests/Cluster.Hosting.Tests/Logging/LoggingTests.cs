using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace SearchCluster.Hosting.Tests.Logging;

public sealed class LoggingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void People_do_not_see_the_stack_trace_of_a_peer_that_is_gone() => ConsoleFilter.IsForPeople(Event(
        LogEventLevel.Error,
        "Disassociated",
        new Akka.Remote.RemoteTransportException("Disassociated"),
        ("SourceContext", "Akka.Actor.ActorSystem"),
        ("ActorPath", "akka://searchcluster/system/endpointManager")))
        .ShouldBeFalse();

    [Fact]
    public void People_do_not_see_the_stack_trace_of_a_start_that_failed() =>
        ConsoleFilter.IsForPeople(
            Event(LogEventLevel.Error, "Hosting failed to start", ("SourceContext", "Microsoft.Extensions.Hosting.Internal.Host")))
            .ShouldBeFalse();

    [Fact]
    [Trait("Promise", "S10")]
    public async Task A_value_with_control_characters_stays_one_json_line_of_the_file()
    {
        var lines = await LogAsync(logger => logger.LogInformation("Search {SearchId} started", "a\n{\"level\":\"Fatal\"}\u001b[31m"));

        var line = JsonNode.Parse(lines.ShouldHaveSingleItem())!;
        line["SearchId"]!.GetValue<string>().ShouldBe("a\n{\"level\":\"Fatal\"}\u001b[31m");
        lines[0].ShouldNotContain('\u001b');
        line["service"]!.GetValue<string>().ShouldBe("worker-1");
    }

    [Fact]
    public async Task A_line_inside_a_span_carries_its_ids()
    {
        using var span = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        var lines = await LogAsync(logger => logger.LogWarning("Something"));

        var line = JsonNode.Parse(lines.ShouldHaveSingleItem())!;
        line["trace_id"]!.GetValue<string>().ShouldBe(span.TraceId.ToHexString());
        line["span_id"]!.GetValue<string>().ShouldBe(span.SpanId.ToHexString());
    }

    [Theory]
    [InlineData("SearchCluster.Coordinator.X", null, LogEventLevel.Information, true)]
    [InlineData("SearchCluster.Coordinator.X", null, LogEventLevel.Debug, false)]
    [InlineData("Microsoft.Hosting.Lifetime", null, LogEventLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Server", null, LogEventLevel.Warning, true)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/deadLetters", LogEventLevel.Warning, false)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/deadLetters", LogEventLevel.Error, false)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/user/manager", LogEventLevel.Information, true)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/user/search-manager", LogEventLevel.Information, false)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/user/search-manager-proxy", LogEventLevel.Warning, false)]
    [InlineData("Akka.Actor.ActorSystem", "akka://searchcluster/user/search-manager/search-manager", LogEventLevel.Warning, false)]
    [InlineData(
        "Akka.Actor.ActorSystem", "akka://searchcluster/user/search-manager/search-manager/manager", LogEventLevel.Information, true)]
    [InlineData(
        "Akka.Actor.ActorSystem",
        "akka://searchcluster/user/search-manager/search-manager/manager/search-manager",
        LogEventLevel.Information,
        true)]
    public void People_see_what_concerns_them(string source, string? actor, LogEventLevel level, bool isShown) =>
        ConsoleFilter.IsForPeople(Event(level, "Text", ("SourceContext", source), ("ActorPath", actor))).ShouldBe(isShown);

    [Theory]
    [InlineData("PersistenceExtension (akka://searchcluster)", false)]
    [InlineData("akka.tcp://searchcluster@127.0.0.1:36593/user/search-manager/search-manager/manager", true)]
    public void A_part_of_Akka_that_our_actor_calls_is_not_our_actor(string speaker, bool isShown) => ConsoleFilter.IsForPeople(Event(
        LogEventLevel.Information,
        "Auto-starting journal plugin",
        ("SourceContext", "Akka.Actor.ActorSystem"),
        ("LogSource", speaker),
        ("ActorPath", "akka://searchcluster/user/search-manager/search-manager/manager")))
        .ShouldBe(isShown);

    [Fact]
    public void What_a_database_threw_in_an_actor_is_told_by_whoever_watches_the_journal() => ConsoleFilter.IsForPeople(Event(
        LogEventLevel.Error,
        "Search could not write",
        new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13),
        ("SourceContext", "Akka.Actor.ActorSystem"),
        ("ActorPath", "akka://searchcluster/user/search-manager/search-manager/manager/search-full")))
        .ShouldBeFalse();

    [Fact]
    public void A_command_without_a_log_on_its_console_shows_trouble_with_telemetry_and_nothing_else()
    {
        ConsoleFilter.IsNotice(Event(LogEventLevel.Warning, "Telemetry", ("SourceContext", "SearchCluster.Hosting.Telemetry.OtlpNotice")))
            .ShouldBeTrue();
        ConsoleFilter.IsNotice(Event(LogEventLevel.Error, "Other", ("SourceContext", "SearchCluster.Coordinator.Other"))).ShouldBeFalse();
    }

    [Fact]
    public void A_console_line_tells_what_was_thrown_and_leaves_the_stack_to_the_file()
    {
        var (text, alone) = (new StringWriter(), new StringWriter());
        var logged = Event(LogEventLevel.Error, "It could not be written", new IOException("No space left"));

        new CompactConsoleFormatter(hasFile: true).Format(logged, text);
        new CompactConsoleFormatter(hasFile: false).Format(logged, alone);

        text.ToString().ShouldBe("12:00:00 error: It could not be written: No space left" + Environment.NewLine);
        alone.ToString().ShouldContain("System.IO.IOException");
    }

    [Fact]
    public void People_see_whom_the_port_for_workers_refused() => ConsoleFilter.IsForPeople(Event(
        LogEventLevel.Warning,
        RefusalLog.Opening,
        ("SourceContext", "Akka.Actor.ActorSystem"),
        ("ActorPath", "GuardedTcpTransport(akka://searchcluster)")))
        .ShouldBeTrue();

    [Fact]
    public void People_do_not_see_the_singletons_housekeeping() => ConsoleFilter.IsForPeople(Event(
        LogEventLevel.Information,
        "ClusterSingletonManager state change",
        ("SourceContext", "Akka.Actor.ActorSystem"),
        ("ActorPath", "akka://searchcluster/user/search-manager")))
        .ShouldBeFalse();

    [Fact]
    [Trait("Promise", "S10")]
    public void A_console_line_cannot_script_the_terminal()
    {
        var text = new StringWriter();

        new CompactConsoleFormatter(hasFile: true).Format(
            Event(LogEventLevel.Warning, "Search {Name} ended", ("Name", "x\u001b]0;y\a\nz\u202e")), text);

        text.ToString().ShouldBe("12:00:00 warning: Search x\\x1B]0;y\\x07\\x0Az\\u202E ended" + Environment.NewLine);
    }

    private static LogEvent Event(LogEventLevel level, string template, params (string Name, string? Value)[] properties) =>
        Event(level, template, exception: null, properties);

    private static LogEvent Event(
        LogEventLevel level, string template, Exception? exception, params (string Name, string? Value)[] properties) => new(
        new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero),
        level,
        exception,
        new MessageTemplateParser().Parse(template),
        properties.Select(property => new LogEventProperty(property.Name, new ScalarValue(property.Value))));

    private async Task<string[]> LogAsync(Action<ILogger> write)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddSearchLogging(new LoggingOptions { ServiceName = "worker-1", StateFolder = _folder.State, Console = ConsoleLog.Off });
        using (var host = builder.Build())
        {
            write(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SearchCluster.Test"));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        return File.ReadAllLines(Directory.GetFiles(_folder.State.LogsFolder).ShouldHaveSingleItem());
    }
}
