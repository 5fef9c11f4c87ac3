using System.CommandLine;
using System.Diagnostics;
using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Application;

/// <summary>Parses a command line, runs its command and turns every ending into an exit code and at most a few lines on standard error.</summary>
internal sealed class CliApplication(CliEnvironment environment)
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Without the name of the tool.</param>
    /// <param name="signals">What the user sends while it runs.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, InterruptSignals signals)
    {
        var parse = CommandTree.Build().Parse(arguments, Parsing);
        if (parse.GetValue(GlobalOptions.Help))
        {
            HelpPrinter.Print(parse.CommandResult.Command, environment.Out);
            return ExitCodes.Done;
        }

        var settings = GlobalSettings.Of(parse);
        var errors = new ErrorPrinter(environment.Error, settings.Json);
        if (ParseErrors.Of(parse) is { } error)
        {
            return errors.Print(error);
        }

        if (parse.CommandResult.Command is not CliCommand command)
        {
            var isVersion = parse.GetValue(GlobalOptions.Version);
            environment.Out.WriteLine(isVersion ? $"searchcluster {ProductVersion.Text}" : HelpPrinter.Text(parse.CommandResult.Command).TrimEnd());
            return isVersion || parse.CommandResult.Command is RootCommand ? ExitCodes.Done : ExitCodes.WrongUsage;
        }

        using var timeout = new CancellationTokenSource(settings.Timeout ?? Timeout.InfiniteTimeSpan, environment.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, timeout.Token);
        try
        {
            return await command.RunAsync(parse, new CommandContext(environment, settings, signals, stop.Token));
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return errors.Print(new CliException(ExitCodes.TimedOut, $"No answer within {Format.Duration(settings.Timeout!.Value)}.", "give more time with --timeout", "SC5004"));
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
            return errors.Print(new CliException(exception is StateFolderLockedException ? ExitCodes.Conflict : ExitCodes.Unreachable, exception.Message, null, "SC5005"));
        }
        catch (Exception exception) when (!Debugger.IsAttached)
        {
            return errors.Print(CrashReport.Write(exception, arguments, environment));
        }
    }
}
