using System.Globalization;
using SearchCluster.Hosting.Logging.Reading;
using Serilog.Events;

namespace SearchCluster.Hosting.Tests.Logging.Reading;

public sealed class LogFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LogFolderTests() => Directory.CreateDirectory(_folder.State.LogsFolder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_of_all_processes_come_in_the_order_of_time()
    {
        Write("worker-w1-1.jsonl", Line(2, "two", service: "worker-w1"), Line(4, "four", service: "worker-w1"));
        Write("coordinator-1.jsonl", Line(1, "one"), Line(3, "three"));

        var read = new LogFolder(_folder.State).ReadLast(3, null, _ => true);

        read.Select(entry => (entry.Process, entry.Text)).ShouldBe([("w1", "two"), ("coordinator", "three"), ("w1", "four")]);
    }

    [Fact]
    public void Only_what_passes_counts_however_far_back_it_lies()
    {
        Write("coordinator-1.jsonl", [Line(1, "warned", level: "Warning"), .. Enumerable.Range(2, 20_000).Select(i => Line(i, "said"))]);

        new LogFolder(_folder.State).ReadLast(5, null, entry => entry.Level == LogEventLevel.Warning)
            .ShouldHaveSingleItem().Text.ShouldBe("warned");
    }

    [Fact]
    public void Older_lines_than_asked_for_are_left_out()
    {
        Write("coordinator-1.jsonl", Line(1, "old"), Line(100, "new"));

        new LogFolder(_folder.State).ReadLast(5, At(50), _ => true).ShouldHaveSingleItem().Text.ShouldBe("new");
    }

    [Fact]
    public void What_is_added_is_read_once_also_from_new_files_and_a_line_only_when_it_is_whole()
    {
        Write("coordinator-1.jsonl", Line(1, "one"));
        var folder = new LogFolder(_folder.State);
        folder.ReadLast(0, null, _ => true).ShouldBeEmpty();
        var line = Line(2, "two");

        File.AppendAllText(Path("coordinator-1.jsonl"), line[..10]);
        folder.ReadNew().ShouldBeEmpty();
        File.AppendAllText(Path("coordinator-1.jsonl"), line[10..] + "\n");
        Write("worker-w1-1.jsonl", Line(3, "three", service: "worker-w1"));

        folder.ReadNew().Select(entry => entry.Text).ShouldBe(["two", "three"]);
        folder.ReadNew().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_launcher_writes_of_a_process_has_that_ones_name()
    {
        Write("launch-1.jsonl", """{"@t":"2026-01-01T00:00:01Z","@m":"terminate called","process":"lab-cuda0","service":"launch"}""");

        var entry = new LogFolder(_folder.State).ReadLast(5, null, _ => true).ShouldHaveSingleItem();

        (entry.Process, entry.IsForPeople).ShouldBe(("lab-cuda0", true));
    }

    [Theory]
    [InlineData("Information", "SearchCluster.Coordinator", true)]
    [InlineData("Information", "Microsoft.Hosting.Lifetime", false)]
    [InlineData("Warning", "Microsoft.Hosting.Lifetime", true)]
    [InlineData("Warning", "Akka.Actor.ActorSystem", false)]
    [InlineData("Error", "Akka.Actor.ActorSystem", false)]
    public void People_see_of_a_file_what_they_saw_on_the_terminal(string level, string source, bool expected)
    {
        Write("coordinator-1.jsonl", Line(1, "said", level, source: source));

        new LogFolder(_folder.State).ReadLast(5, null, _ => true).ShouldHaveSingleItem().IsForPeople.ShouldBe(expected);
    }

    [Fact]
    public void What_is_no_line_of_a_log_is_left_out()
    {
        Write("coordinator-1.jsonl", "not json", "[]", """{"@m":"no time"}""", Line(1, "one"));

        new LogFolder(_folder.State).ReadLast(5, null, _ => true).ShouldHaveSingleItem().Text.ShouldBe("one");
    }

    [Fact]
    public void A_folder_without_logs_has_none()
    {
        Directory.Delete(_folder.State.LogsFolder);

        new LogFolder(_folder.State).ReadLast(5, null, _ => true).ShouldBeEmpty();
    }

    private static DateTimeOffset At(int seconds) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    private static string Line(
        int seconds, string text, string level = "Information", string service = "coordinator", string source = "SearchCluster.Test")
    {
        var at = At(seconds).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return $$"""{"@t":"{{at}}","@m":"{{text}}","@l":"{{level}}","SourceContext":"{{source}}","service":"{{service}}"}""";
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.State.LogsFolder, name);

    private void Write(string name, params string[] lines) => File.WriteAllText(Path(name), string.Join('\n', lines) + "\n");
}
