using System.Diagnostics;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.Logging.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Tests.Telemetry;

namespace SearchCluster.Hosting.Tests.State;

/// <summary>What is no file is refused or left out before it is opened: opening a named pipe waits for ever.</summary>
public sealed class StateFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public StateFileTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made with mkfifo.");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("token")]
    [InlineData("cluster.key")]
    [InlineData("coordinator.lock")]
    [InlineData("coordinator.json")]
    [InlineData("journal.db")]
    [InlineData("logs/run-20260504.jsonl")]
    public async Task A_named_pipe_is_refused_by_name(string name)
    {
        Pipe(name);

        var refused = await Should.ThrowAsync<StorageException>(Open(name));

        refused.Message.ShouldContain($"{_folder.PathOf(name)} is a named pipe");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("cluster.key")]
    [InlineData("coordinator.lock")]
    [InlineData("coordinator.json")]
    [InlineData("journal.db")]
    public async Task A_link_to_nothing_is_refused_with_what_it_names(string name)
    {
        File.CreateSymbolicLink(_folder.PathOf(name), "/not/mounted/here");

        var refused = await Should.ThrowAsync<StorageException>(Open(name));

        refused.Message.ShouldContain($"{_folder.PathOf(name)} is a link to /not/mounted/here");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("cluster.key")]
    [InlineData("coordinator.lock")]
    [InlineData("coordinator.json")]
    [InlineData("journal.db")]
    public async Task A_folder_is_called_what_it_is(string name)
    {
        Directory.CreateDirectory(_folder.PathOf(name));

        var refused = await Should.ThrowAsync<StorageException>(Open(name));

        refused.Message.ShouldContain($"{_folder.PathOf(name)} is a folder, but a regular file is expected there.");
    }

    [Fact]
    public void Readers_call_a_journal_that_is_no_file_what_it_is()
    {
        var journal = new SqliteJournal(_folder.State.JournalFile);
        Directory.CreateDirectory(journal.File);
        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(journal)).Message.ShouldContain("journal.db is a folder");

        Directory.Delete(journal.File);
        Pipe("journal.db");
        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(journal)).Message.ShouldContain("journal.db is a named pipe");
    }

    [Fact]
    public async Task A_device_is_no_journal_and_no_token()
    {
        File.CreateSymbolicLink(_folder.PathOf("token"), "/dev/zero");
        File.CreateSymbolicLink(_folder.PathOf("journal.db"), "/dev/zero");

        (await Should.ThrowAsync<StorageException>(Open("token"))).Message.ShouldContain("is a device");
        (await Should.ThrowAsync<StorageException>(Open("journal.db"))).Message.ShouldContain("is a device");
        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(new SqliteJournal(_folder.State.JournalFile))).Trouble
            .ShouldBe(StorageTrouble.Damaged);
    }

    [Fact]
    public async Task Logs_and_traces_are_read_without_what_is_no_file()
    {
        var trace = new string('a', 32);
        Pipe("logs/run-20260504.jsonl");
        Pipe("traces/shared.jsonl");
        Pipe($"traces/{trace}/own.jsonl");

        var read = Task.Run(() => (
            new LogFolder(_folder.State).ReadLast(10, null, _ => true).Count, WholeTrace.Read(_folder.State, trace).Count));

        (await read.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe((0, 0));
    }

    private Task Open(string name) => Task.Run(async () =>
    {
        var state = _folder.State;
        switch (name)
        {
            case "token":
                AccessToken.LoadOrCreate(state);
                break;
            case "cluster.key":
                ClusterKey.LoadOrCreate(state);
                break;
            case "coordinator.lock":
                CoordinatorLock.Acquire(state).Dispose();
                break;
            case "coordinator.json":
                CoordinatorEndpoint.TryRead(state);
                break;
            case "journal.db":
                await JournalProbe.VerifyAsync(new SqliteJournal(state.JournalFile), TestContext.Current.CancellationToken);
                break;
            default:
                await LoggingExtensions.CreateLogger(new() { ServiceName = "run", StateFolder = state, Console = ConsoleLog.Off })
                    .DisposeAsync();
                break;
        }
    }).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private void Pipe(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
        using var make = Process.Start("mkfifo", _folder.PathOf(name));
        make.WaitForExit();
    }
}
