using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

public sealed class TraceEraserTests : IDisposable
{
    private const string Gone = "0af7651916cd43dd8448eb211c80319c";

    private readonly StateFolder _state = StateFolder.Resolve(Directory.CreateTempSubdirectory("searchcluster-traces-").FullName);

    public TraceEraserTests() => Directory.CreateDirectory(_state.TracesFolder);

    public void Dispose() => Directory.Delete(_state.Root, recursive: true);

    [Fact]
    public void Lines_of_the_trace_go_and_all_others_stay()
    {
        Write("run-1.jsonl", $"{{\"traceId\":\"{Gone}\"}}\n{{\"traceId\":\"other\"}}\n{{\"traceId\":\"{Gone}\"}}\n");
        Write("run-2.jsonl", $"{{\"traceId\":\"{Gone}\"}}\n");
        Write("run-3.jsonl", "{\"traceId\":\"other\"}\n");

        TraceEraser.Erase(_state, Gone);

        File.ReadAllText(Path.Combine(_state.TracesFolder, "run-1.jsonl")).ShouldBe("{\"traceId\":\"other\"}\n");
        File.Exists(Path.Combine(_state.TracesFolder, "run-2.jsonl")).ShouldBeFalse();
        File.ReadAllText(Path.Combine(_state.TracesFolder, "run-3.jsonl")).ShouldBe("{\"traceId\":\"other\"}\n");
    }

    [Fact]
    public void A_file_that_is_being_written_is_left_alone()
    {
        var path = Write("run-1.jsonl", $"{{\"traceId\":\"{Gone}\"}}\n");
        using var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);

        TraceEraser.Erase(_state, Gone);

        new FileInfo(path).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_folder_without_traces_is_no_failure()
    {
        Directory.Delete(_state.TracesFolder);

        Should.NotThrow(() => TraceEraser.Erase(_state, Gone));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_state.TracesFolder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
