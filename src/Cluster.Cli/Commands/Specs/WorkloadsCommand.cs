using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Explaining;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>workloads [NAME]</c>: what can be trained, and every hyperparameter of one workload; needs no coordinator.</summary>
internal sealed class WorkloadsCommand : CliCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "Workload to show whole; without it, a list",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public WorkloadsCommand()
        : base(
            "workloads",
            "List what can be trained, and the hyperparameters and metrics of each",
            "workloads",
            "workloads cnn",
            "workloads lstm --json")
    {
        Add(_name);
        SeeAlso = ["spec new", "spec explain", "sanity"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var all = context.Workloads.Vocabulary.Workloads;
        if (parse.GetValue(_name) is not { } name)
        {
            List(context, all);
            return Task.FromResult(ExitCodes.Done);
        }

        var workload = all.FirstOrDefault(known => known.Name == name)
            ?? throw new CliException(
                ExitCodes.NotFound,
                $"\"{SafeText.Of(name)}\" is no workload.{Suggestions.Sentence(name, all.Select(known => known.Name))}",
                "see: searchcluster workloads; those of your own come with --workloads DLL",
                CommandCodes.NoSuchWorkload);
        Show(context, workload);
        return Task.FromResult(ExitCodes.Done);
    }

    private static void List(CommandContext context, ValueArray<WorkloadDescriptor> workloads)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new WorkloadListDocument([.. workloads.Select(WorkloadJson.Of)]), CliJsonContext.Default.WorkloadListDocument);
            return;
        }

        var table = Tables.WithSentences("name", "answers", "ensembles", "what it is");
        foreach (var workload in workloads)
        {
            table.Row(workload.Name, Answer(workload), workload.SupportsEnsemble ? "yes" : "no", workload.Description);
        }

        context.Output.DataConsole.Write(table);
        context.Output.Note("Hyperparameters and metrics of one: searchcluster workloads NAME");
    }

    private static void Show(CommandContext context, WorkloadDescriptor workload)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(WorkloadDocument.Of(workload), CliJsonContext.Default.WorkloadDocument);
            return;
        }

        var data = context.Output.Data;
        data.WriteLine(SafeText.Of($"{workload.Name}: {workload.Description}"));
        data.WriteLine($"answers    {Answer(workload)}");
        data.WriteLine($"metrics    {SafeText.Of(string.Join(", ", workload.Metrics))}");
        if (workload.EncoderParameters is { } encoder)
        {
            data.WriteLine(
                $"encoder    from an earlier model by workload.pretrained, where these are equal: "
                    + $"{SafeText.Of(string.Join(", ", encoder))}");
        }

        data.WriteLine();
        // Meanings lie under the values, since both together are wider than a terminal.
        var table = Tables.WithSentences("hyperparameter", "values and meaning");
        foreach (var parameter in workload.Hyperparameters)
        {
            table.Entry(
                parameter.Name,
                $"{DomainText.Type(parameter.Domain)}: {DomainText.Range(parameter.Domain, isWhole: true)}{Default(parameter)}",
                parameter.Description);
        }

        context.Output.DataConsole.Write(table);
        if (workload.AllowsOtherParameters)
        {
            context.Output.Note("It also reads every other number of the space.");
        }
    }

    private static string Default(HyperparameterDescriptor parameter) => parameter switch
    {
        { Default: { } value } => $"; default {value}",
        { IsOptional: true } => "",
        _ => "; required",
    };

    private static string Answer(WorkloadDescriptor workload) => workload switch
    {
        { NeedsData: false } => "a value",
        { Target: TargetKind.Class } => "a class",
        { Target: TargetKind.Numbers } => "numbers",
        { Target: TargetKind.Mask } => "a mask",
        _ => "-",
    };
}
