using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Terminal;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Runs command lines of the tool in memory.</summary>
internal sealed class CliHarness : IDisposable
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public CliHarness() => Connector = new FakeConnector(Service);

    public FakeSearchService Service { get; } = new();

    public FakeConnector Connector { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public InterruptSignals Signals { get; } = new();

    public TerminalKind Terminal { get; set; } = TerminalKind.Piped;

    public TimeProvider Clock { get; set; } = new ImpatientClock();

    public string Input { get; set; } = string.Empty;

    /// <summary>Standard input where it is no text; null for <see cref="Input"/>.</summary>
    public byte[]? InputBytes { get; set; }

    public bool InIsTerminal { get; set; }

    /// <summary>A folder of this test's own, removed at its end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("searchcluster-cli-").FullName;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] arguments) => RunAsync(Connector, arguments);

    public async Task<int> RunAsync(ISearchConnector connector, params string[] arguments)
    {
        var environment = new CliEnvironment
        {
            Out = _out,
            Error = _error,
            In = new StringReader(Input),
            OutTerminal = Terminal,
            ErrorTerminal = Terminal,
            Variable = name => Variables.GetValueOrDefault(name),
            WorkingDirectory = Folder,
            Clock = Clock,
            Connector = connector,
            InIsTerminal = InIsTerminal,
            InBytes = () => new MemoryStream(InputBytes ?? Encoding.UTF8.GetBytes(Input)),
        };
        return await new CliApplication(environment).RunAsync(arguments, Signals);
    }

    /// <summary>Forgets what was written so far.</summary>
    public void Clear()
    {
        _out.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
    }

    /// <summary>Writes a file into the test's folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Signals.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
