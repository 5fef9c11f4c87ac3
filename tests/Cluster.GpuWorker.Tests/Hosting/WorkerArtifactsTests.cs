using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.GpuWorker.Tests.Hosting;

/// <summary>Where a worker reads and writes artifacts, by what a welcome says.</summary>
public sealed class WorkerArtifactsTests : IDisposable
{
    private const string Run = "a1b2";
    private static readonly ArtifactPlace Dead = new(Run, "http://127.0.0.1:1");

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();

    private StateFolder State => StateFolder.Resolve(_folder.FullPath);

    private StateFolder Elsewhere => StateFolder.Resolve(_elsewhere.FullPath);

    [Fact]
    public async Task The_folder_whose_lock_the_coordinator_holds_is_used_as_it_is()
    {
        using var held = CoordinatorLock.Acquire(State, Run);
        using var worker = WorkerApplication.Build(Options());
        var (artifacts, exit) = Of(worker);
        artifacts.AreReachable.ShouldBeFalse();

        artifacts.Heard(Dead, exit);
        await artifacts.WriteAsync("searches/a/x", stream => stream.WriteByte(1), ArtifactDurability.ProcessDeath, default);

        artifacts.AreReachable.ShouldBeTrue();
        File.Exists(Path.Combine(State.Root, "searches", "a", "x")).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_another_coordinator_holds_is_not_written_to()
    {
        using var held = CoordinatorLock.Acquire(State, "another");
        using var worker = WorkerApplication.Build(Options());
        var (artifacts, exit) = Of(worker);

        artifacts.Heard(Dead, exit);

        artifacts.AreReachable.ShouldBeFalse();
        exit.TokenProblem.ShouldNotBeNull().ShouldStartWith(
            $"The state folder {State.Root} is not that of the coordinator at http://127.0.0.1:1/, so checkpoints and models go to it over "
                + "HTTP");
        exit.TokenProblem.ShouldContain("--token-file FILE, $SEARCHCLUSTER_TOKEN or $SEARCHCLUSTER_TOKEN_FILE");
    }

    [Fact]
    public void A_token_file_that_holds_none_is_named()
    {
        File.WriteAllText(State.TokenFile, "nonsense");
        using var worker = WorkerApplication.Build(Options());
        var (artifacts, exit) = Of(worker);

        artifacts.Heard(Dead, exit);

        exit.TokenProblem.ShouldNotBeNull().ShouldContain($"{State.TokenFile} holds no token");
    }

    [Fact]
    public void A_coordinator_that_does_not_say_where_is_of_another_release_unless_its_address_lies_in_the_folder()
    {
        using var worker = WorkerApplication.Build(Options());
        var (artifacts, exit) = Of(worker);
        artifacts.Heard(null, exit);
        (artifacts.AreReachable, exit.TokenProblem).ShouldBe((true, null));

        using var far = WorkerApplication.Build(Options() with { Name = "far", Coordinator = "127.0.0.1:1" });
        (artifacts, exit) = Of(far);
        artifacts.Heard(null, exit);

        artifacts.AreReachable.ShouldBeFalse();
        exit.TokenProblem.ShouldNotBeNull().ShouldContain("another release");
    }

    [Fact]
    public void Nobody_at_the_address_is_waited_for_without_work()
    {
        using var worker = WorkerApplication.Build(Options() with { Token = () => AccessToken.LoadOrCreate(Elsewhere).Value });
        var (artifacts, exit) = Of(worker);

        artifacts.Heard(Dead, exit);

        (artifacts.AreReachable, exit.TokenProblem).ShouldBe((false, null));
        Should.Throw<InvalidOperationException>(() => artifacts.ExistsAsync("searches/a/x").AsTask());
    }

    [Fact]
    public async Task A_coordinator_whose_certificate_is_refused_is_told_with_the_reason()
    {
        using var authority = new TestAuthority();
        using var elsewhere = new TestAuthority();
        authority.JoinAt(State.Root, "near", NodeRole.Worker, "127.0.0.1");
        var stranger = elsewhere.Join(TestAuthority.Lab, NodeRole.Coordinator, "127.0.0.1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var log = new Lines();
        using var worker = WorkerApplication.Build(
            Options(), builder => builder.Services.AddSingleton<ILogger<WorkerArtifacts>>(log));
        var (artifacts, exit) = Of(worker);

        artifacts.Heard(new(Run, $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), exit);
        using var called = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().Patiently();
        await using var tls = new SslStream(called.GetStream());
        await Should.ThrowAsync<Exception>(async () =>
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = stranger.Certificate });
            await tls.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
        });

        await Patience.UntilAsync(() => log.Texts.Any(line => line.Contains("is not one of this cluster", StringComparison.Ordinal)));
        artifacts.AreReachable.ShouldBeFalse();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private static (WorkerArtifacts Artifacts, WorkerExit Exit) Of(IHost worker) =>
        (worker.Services.GetRequiredService<WorkerArtifacts>(), worker.Services.GetRequiredService<WorkerExit>());

    private WorkerOptions Options() => new()
    {
        StateFolder = State,
        Name = "near",
        Slots = 1,
        Device = "cpu",
        Executor = new ScriptedExecutor(),
        Console = ConsoleLog.Off,
    };

    private sealed class Lines : ILogger<WorkerArtifacts>
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Enqueue(formatter(state, exception));
    }
}
