using System.CommandLine;
using System.Diagnostics;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Application;

/// <summary>Parses a command line, runs its command and turns every ending into an exit code and at most a few
/// lines on standard error.</summary>
internal sealed class CliApplication(CliEnvironment environment)
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>True when something still runs that did not end when it was asked to: the process has to end without it.</summary>
    public bool HasLeftWorkBehind { get; private set; }

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Without the name of the tool.</param>
    /// <param name="signals">What the user sends while it runs.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, InterruptSignals signals)
    {
        var parse = CommandTree.Build(arguments).Parse(arguments, Parsing);
        var errors = new ErrorPrinter(environment.Error, IsSet(parse, GlobalOptions.Json));
        return await InWordsAsync(() => AnswerAsync(parse, arguments, signals, errors), arguments, errors);
    }

    private Task<int> AnswerAsync(ParseResult parse, IReadOnlyList<string> arguments, InterruptSignals signals, ErrorPrinter errors)
    {
        if (arguments.Count == 0 || IsSet(parse, GlobalOptions.Help))
        {
            HelpPrinter.Print(parse.CommandResult.Command, environment.Out);
            return Task.FromResult(ExitCodes.Done);
        }

        if (IsSet(parse, GlobalOptions.Version))
        {
            environment.Out.WriteLine($"searchcluster {ProductVersion.Current}");
            return Task.FromResult(ExitCodes.Done);
        }

        // A value that could not be read must not be asked for: the settings come after the check.
        return ParseErrors.Of(parse) is { } error
            ? Task.FromResult(errors.Print(error))
            : InvokeAsync((CliCommand)parse.CommandResult.Command, parse, GlobalSettings.Of(parse), signals, errors);
    }

    // The value of an option whose text cannot be read throws when it is asked for.
    private static bool IsSet(ParseResult parse, Option<bool> option) =>
        parse.GetResult(option) is { } result && !result.Errors.Any() && parse.GetValue(option);

    private async Task<int> InvokeAsync(
        CliCommand command, ParseResult parse, GlobalSettings settings, InterruptSignals signals, ErrorPrinter errors)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout ?? Timeout.InfiniteTimeSpan, environment.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, timeout.Token);
        try
        {
            FileHandles.RequireEnough(FileHandles.LeastToRead);
            using var context = new CommandContext(environment, settings, signals, stop.Token);
            return await command.RunAsync(parse, context);
        }
        catch (LeftBehindException left)
        {
            HasLeftWorkBehind = true;
            return errors.Print(LeftBehind(left, signals, settings.Timeout));
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return errors.Print(TimeIsUp(command, settings.Timeout!.Value));
        }
    }

    // Around all that writes: also help ends in words where it cannot be printed.
    private async Task<int> InWordsAsync(Func<Task<int>> answerAsync, IReadOnlyList<string> arguments, ErrorPrinter errors)
    {
        try
        {
            return await answerAsync();
        }
        catch (CliException exception)
        {
            return errors.Print(exception);
        }
        catch (SearchServiceException exception)
        {
            return errors.Print(exception.Problem);
        }
        catch (HostingException exception)
        {
            return errors.Print(StartFailures.Of(exception));
        }
        catch (SearchClusterException exception)
        {
            return errors.Print(StartFailures.Of(exception));
        }
        catch (Exception exception) when (!Debugger.IsAttached)
        {
            return errors.Print(StartFailures.OfStorage(exception) ?? CrashReport.Write(exception, arguments, environment));
        }
    }

    // Every output is written beside its place and put there when it is whole.
    private static CliException LeftBehind(LeftBehindException left, InterruptSignals signals, TimeSpan? timeout) => new(
        signals.Token.IsCancellationRequested ? signals.ExitCode : ExitCodes.TimedOut,
        $"{(signals.Token.IsCancellationRequested ? "Interrupted" : $"The time of --timeout, {Durations.Of(timeout!.Value)}, is up")} "
            + $"while the model or workload was at work. {left.Message} The command ends without it, and writes nothing more.",
        "let the workload return, or look at its cancellation token where it has one",
        CommandCodes.WorkloadHangs);

    private static CliException TimeIsUp(CliCommand command, TimeSpan given) => new(
        ExitCodes.TimedOut,
        command.Works ? $"The time of --timeout, {Durations.Of(given)}, is up." : $"No answer within {Durations.Of(given)}.",
        "give more time with --timeout",
        ProblemCodes.TimedOut);
}
