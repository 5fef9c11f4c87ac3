using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Terminal;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli;

internal static class Program
{
    private const string ShowCursor = "\u001b[?25h";

    private static async Task<int> Main(string[] arguments) => (await RunAsync(arguments)).End();

    private static async Task<CommandEnd> RunAsync(string[] arguments)
    {
        using var fileSize = FileSizeSignal.Take();
        using var output = Writer(new StandardStream(Console.OpenStandardOutput(), isForErrors: false));
        using var error = Writer(new StandardStream(Console.OpenStandardError(), isForErrors: true));

        // Standard output is the product's alone: what code of a user's own prints must not stand in a document.
        Console.SetOut(Console.Error);
        var (errorTerminal, outTerminal) = (Terminal(Console.IsErrorRedirected), Terminal(Console.IsOutputRedirected));
        NativeOutput.SendToError();
        var environment = new CliEnvironment
        {
            Out = output,
            Error = error,
            In = Console.In,
            OutTerminal = outTerminal,
            ErrorTerminal = errorTerminal,
            Variable = Environment.GetEnvironmentVariable,
            WorkingDirectory = Environment.CurrentDirectory,
            Clock = TimeProvider.System,
            Connector = new SearchConnector(
                Environment.GetEnvironmentVariable,
                new InProcessHosting(Environment.GetEnvironmentVariable, TimeProvider.System),
                TimeProvider.System),
            InIsTerminal = !Console.IsInputRedirected,
            InBytes = Console.OpenStandardInput,
        };
        using var signals = new InterruptSignals(() => Write(error, errorTerminal.IsTerminal ? ShowCursor : string.Empty)).Listen();
        LauncherTie.Begin(() => signals.Interrupt(ExitCodes.Terminated));
        using var end = new UnaskedEnd(environment, signals, arguments);
        var application = new CliApplication(environment);
        var exitCode = await application.RunAsync(arguments, signals);
        if (application.HasLeftWorkBehind && errorTerminal.IsTerminal)
        {
            Write(error, ShowCursor);
        }

        return new(exitCode, application.HasLeftWorkBehind);
    }

    // A signal may come when all is said and closed.
    private static void Write(StreamWriter error, string text)
    {
        try
        {
            error.Write(text);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    // UTF-8 without a mark, whatever the locale says: the same bytes everywhere.
    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };

    private static TerminalKind Terminal(bool isRedirected)
    {
        if (isRedirected)
        {
            return TerminalKind.Piped;
        }

        try
        {
            return new(true, Math.Max(40, Console.WindowWidth));
        }
        catch (IOException)
        {
            return new(true, 80);
        }
    }
}
