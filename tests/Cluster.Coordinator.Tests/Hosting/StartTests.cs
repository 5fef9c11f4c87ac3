using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task A_journal_that_cannot_be_opened_stops_the_start_with_a_message()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "journal.db"), new string('x', 8192));
        await using var app = CoordinatorApplication.Build(TestCoordinator.Options(folder.Path));

        (await Should.ThrowAsync<JournalUnavailableException>(app.StartAsync())).Message.ShouldContain("journal.db");
    }

    [Fact]
    public async Task Where_it_listens_cannot_be_written_and_it_ends_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        await using var app = CoordinatorApplication.Build(TestCoordinator.Options(folder.Path));
        var file = StateFolder.Resolve(folder.Path).EndpointFile;
        Directory.CreateDirectory(Path.Combine(file, "in the way"));
        await app.StartAsync();

        var refused = await Should.ThrowAsync<StateFolderException>(
            app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.WaitAsync(Patience.Limit));

        refused.Message.ShouldContain(file);
        await app.WaitForEndAsync().WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task A_folder_of_artifacts_belongs_to_one_cluster_and_is_not_forgotten()
    {
        using var folder = new TemporaryFolder();
        var (mine, other) = (Path.Combine(folder.Path, "mine"), Path.Combine(folder.Path, "other"));
        var artifacts = Path.Combine(folder.Path, "art");
        await using (await TestCoordinator.StartAsync(mine, change: options => options with { Artifacts = artifacts }))
        {
        }

        await using (await TestCoordinator.StartAsync(mine, change: options => options with { Artifacts = artifacts }))
        {
        }

        (await RefusedAsync(TestCoordinator.Options(other) with { Artifacts = artifacts })).ShouldContain("is another cluster's");
        (await RefusedAsync(TestCoordinator.Options(mine))).ShouldContain($"Start with --artifacts {artifacts}");
        (await RefusedAsync(TestCoordinator.Options(other) with { Artifacts = Path.Combine(artifacts, "owner") }))
            .ShouldContain("cannot be used");
    }

    [Fact]
    public void A_shared_folder_without_a_database_is_refused()
    {
        using var folder = new TemporaryFolder();
        var state = StateFolder.Resolve(Path.Combine(folder.Path, "mine")).With(Path.Combine(folder.Path, "shared"));

        Should.Throw<CoordinatorStartException>(
                () => CoordinatorApplication.Build(TestCoordinator.Options(folder.Path) with { StateFolder = state }))
            .Message.ShouldContain("Name the database with $SEARCHCLUSTER_POSTGRES");
    }

    [Fact]
    public async Task A_folder_whose_searches_are_in_a_database_says_so()
    {
        using var folder = new TemporaryFolder();
        var state = StateFolder.Resolve(folder.Path);
        JournalNote.Set(state, "PostgreSQL at db:5432, database \"lab\"");

        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(new SqliteJournal(state.JournalFile)))
            .Message.ShouldBe($"The searches of {folder.Path} are in PostgreSQL at db:5432, database \"lab\". Give the connection string "
                + "in $SEARCHCLUSTER_POSTGRES, or start the coordinator that has it.");

        await using (await TestCoordinator.StartAsync(folder.Path))
        {
            JournalNote.Describe(folder.Path).ShouldBeNull("its searches are in a file now");
        }
    }

    [Fact]
    public async Task A_second_coordinator_on_the_folder_is_told_who_has_it()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestCoordinator.StartAsync(folder.Path);
        await using var second = CoordinatorApplication.Build(TestCoordinator.Options(folder.Path));

        var refused = await Should.ThrowAsync<StateFolderLockedException>(second.StartAsync());
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
    }

    [Fact]
    public async Task The_endpoint_is_told_while_it_lives()
    {
        using var folder = new TemporaryFolder();
        var state = StateFolder.Resolve(folder.Path);
        await using (var coordinator = await TestCoordinator.StartAsync(folder.Path))
        {
            CoordinatorEndpoint.TryRead(state).ShouldNotBeNull().Url.ShouldBe(coordinator.Ready.Url);
            coordinator.Ready.ClusterAddress.ShouldBeNull();
        }

        CoordinatorEndpoint.TryRead(state).ShouldBeNull();
        CoordinatorLock.IsHeld(state).ShouldBeFalse();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var port = new Uri(coordinator.Ready.Url).Port;

        var refused = Should.Throw<CoordinatorStartException>(
            () => CoordinatorApplication.Build(TestCoordinator.Options(other.Path) with { HttpPort = port }));
        refused.Message.ShouldContain(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(ActorMode.Local)]
    [InlineData(ActorMode.Clustered)]
    public async Task Any_number_of_coordinators_start_at_once_on_the_usual_ports_or_the_next_free_ones(ActorMode mode)
    {
        var folders = Enumerable.Range(0, 4).Select(_ => new TemporaryFolder()).ToList();
        using var gate = new Barrier(folders.Count);

        var coordinators = await Task.WhenAll(folders.Select(folder => Task.Factory.StartNew(
            () =>
            {
                gate.SignalAndWait(TestContext.Current.CancellationToken);
                return TestCoordinator.StartAsync(folder.Path, mode: mode, usualPorts: true);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        var ports = coordinators
            .SelectMany(coordinator => new[] { coordinator.Ready.Url, coordinator.Ready.ClusterAddress })
            .OfType<string>()
            .Select(address => address.Split(':')[^1]);
        ports.ShouldBeUnique();
        foreach (var coordinator in coordinators)
        {
            await coordinator.DisposeAsync();
        }

        folders.ForEach(folder => folder.Dispose());
    }

    [Fact]
    [Trait("Promise", "S02")]
    public void An_address_that_others_can_reach_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = TestCoordinator.Options(folder.Path, ActorMode.Clustered) with
        {
            HttpHost = "0.0.0.0",
            ClusterHost = "10.0.0.5",
            LeaseTime = TimeSpan.FromSeconds(1),
        };

        var message = Should.Throw<CoordinatorStartException>(() => CoordinatorApplication.Build(options)).Message;

        message.ShouldContain("0.0.0.0");
        message.ShouldContain("10.0.0.5");
        message.ShouldContain("lease time");
    }

    [Fact]
    public async Task Runs_as_a_cluster_singleton()
    {
        using var folder = new TemporaryFolder();

        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2, ActorMode.Clustered);

        coordinator.Ready.ClusterAddress.ShouldNotBeNull().ShouldStartWith("127.0.0.1:");
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("clustered"));
        (await Http.SearchApiTests.WhenOverAsync(coordinator, "clustered")).Summary.Counts.Completed.ShouldBe(10);
    }

    private static async Task<string> RefusedAsync(CoordinatorOptions options)
    {
        await using var app = CoordinatorApplication.Build(options);
        return (await Should.ThrowAsync<CoordinatorStartException>(app.StartAsync())).Message;
    }
}
