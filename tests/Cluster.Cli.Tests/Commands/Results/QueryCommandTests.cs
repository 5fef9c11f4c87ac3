using System.Text.RegularExpressions;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>Commands that only look: data on standard output, nothing on standard error.</summary>
public sealed partial class QueryCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Status_of_a_running_search_fits_one_screen()
    {
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
        _cli.Out.ShouldContain("digits  running  1m 50s  trials 11/30 (2 running, 1 waiting, 9 done, 1 stopped early, 1 failed)");
        _cli.Out.ShouldContain("36.7 %  about 3m 10s left  random, mlp, seed 42");
        _cli.Out.ShouldContain("best  t0003  val/loss 0.125  activation relu  hiddenSize 64  learningRate 0.001235");
        _cli.Out.ShouldContain("t0011");
    }

    [Fact]
    public async Task Eighty_columns_hold_the_screen_without_broken_lines()
    {
        _cli.Terminal = new(true, 80);
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("status", "digits", "--no-color")).ShouldBe(0);

        var lines = EscapeSequence().Replace(_cli.Out, string.Empty).TrimEnd().Split('\n');
        lines.Length.ShouldBe(7);
        lines.ShouldAllBe(line => line.TrimEnd().Length <= 80);
    }

    [Fact]
    public async Task Status_of_an_ended_search_shows_its_result()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("best trial   t0003  val/loss 0.125  (epoch 8 of 12)");
        _cli.Out.ShouldContain("ensemble     3 members: t0003 t0000 t0007");
        _cli.Out.ShouldContain("results      /lab/.searchcluster/searches/digits");
    }

    [Fact]
    public async Task The_ensemble_is_compared_honestly_with_the_best_single_trial()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        await _cli.RunAsync("status", "digits");

        _cli.Out.ShouldContain("test/accuracy: the ensemble is better than the best single trial by 0.0056.");
        _cli.Out.ShouldContain(
            "test/loss: the ensemble is worse than the best single trial by 0.0014; the single trial is the better choice by this "
                + "measure.");
    }

    [Fact]
    public async Task Status_without_a_search_shows_the_cluster()
    {
        (await _cli.RunAsync("status")).ShouldBe(0);

        _cli.Out.ShouldContain("coordinator  http://127.0.0.1:8642  version 1.2.3  started 1h ago");
        _cli.Out.ShouldContain("box-cpu");
        _cli.Out.ShouldContain("cpu (CPU, 2 cores)");
    }

    [Fact]
    public async Task Offline_status_says_that_nothing_trains()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Connector.IsLive = false;

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Error.ShouldContain("searchcluster resume digits");
    }

    [Fact]
    public async Task An_interrupted_search_is_headed_as_such_and_promises_no_time()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Interrupted) with { Running = [] });
        _cli.Connector.IsLive = false;

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldStartWith("digits  interrupted  1m 50s");
        _cli.Out.Split('\n')[1].ShouldBe("Its process has ended, so nothing trains. It goes on with: searchcluster resume digits");
        _cli.Out.ShouldNotContain(" left");
        (await _cli.RunAsync("list")).ShouldBe(0);
        _cli.Error.ShouldContain("An interrupted search goes on with: searchcluster resume digits");
    }

    [Fact]
    public async Task An_unknown_search_is_not_found()
    {
        (await _cli.RunAsync("status", "nope")).ShouldBe(4);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldBe("searchcluster: SC2000: There is no search named nope.\n");
    }

    [Fact]
    public async Task List_shows_one_line_for_each_search_and_filters_by_state_and_label()
    {
        _cli.Service.With(Sample.Detail()).With(Sample.Detail(SearchLifecycle.Completed, "old"));

        (await _cli.RunAsync("ls")).ShouldBe(0);
        var all = _cli.Out;
        (await _cli.RunAsync("list", "--only", "completed", "--label", "team=vision")).ShouldBe(0);
        var filtered = _cli.Out[all.Length..];

        all.ShouldContain("digits");
        all.ShouldContain("11/30");
        filtered.ShouldContain("old");
        filtered.ShouldNotContain("digits");
    }

    [Fact]
    public async Task An_empty_list_leaves_standard_output_empty_and_names_the_first_command()
    {
        (await _cli.RunAsync("list")).ShouldBe(0);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("searchcluster run examples/digits.search.yaml");
    }

    [Fact]
    public async Task Trials_reads_all_pages_and_ranks_the_best_first()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trials.AddRange(Enumerable.Range(0, 1500).Select(n => Sample.Trial(n, objective: 1.0 / (n + 1))));

        (await _cli.RunAsync("trials", "digits", "--top", "2", "--columns", "trial,objective")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToArray();
        lines.Length.ShouldBe(3);
        lines[1].ShouldStartWith("1499");
        lines[2].ShouldStartWith("1498");
        _cli.Service.Calls.ShouldContain("trials digits 1000");
    }

    [Fact]
    public async Task A_narrow_terminal_gets_fewer_columns_and_no_broken_lines()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Terminal = new(true, 60);
        _cli.Service.Trials.AddRange(Enumerable.Range(0, 3).Select(n => Sample.Trial(n)));

        (await _cli.RunAsync("trials", "digits", "--no-color")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(4);
        lines.ShouldAllBe(line => EscapeSequence().Replace(line, string.Empty).TrimEnd().Length <= 60);
        _cli.Out.ShouldContain("activation");
        _cli.Out.ShouldNotContain("learningRate");
        _cli.Out.ShouldContain("elapsed");
    }

    [Fact]
    public async Task Csv_has_all_columns_full_precision_and_no_formulas()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trials.Add(Sample.Trial(0, values: Sample.Values(activation: "=evil()")));

        (await _cli.RunAsync("trials", "digits", "--csv")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines[0].ShouldBe(
            "trial,state,objective,activation,hiddenSize,learningRate,val/accuracy,val/loss,epoch,elapsed,"
                + "attempts,worker,model,seed,origin,suggestion,decision,failure");
        lines[1].ShouldBe(
            "0,completed,0.125,\"'=evil()\",64,0.001234567890123,0.975,0.125,12,4.5,1,box-cpu,yes,17,random,suggested by random,,");
    }

    [Fact]
    public async Task An_unknown_column_is_wrong_usage_that_lists_the_known_ones()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trials.Add(Sample.Trial(0));

        (await _cli.RunAsync("trials", "digits", "--columns", "trial,nope")).ShouldBe(2);

        _cli.Error.ShouldContain("\"nope\"");
        _cli.Error.ShouldContain("learningRate");
    }

    [Fact]
    public async Task Failed_trials_tell_why_on_standard_error()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trials.Add(Sample.Trial(4, TrialState.Failed, objective: null));

        (await _cli.RunAsync("trials", "digits", "--only", "failed")).ShouldBe(0);

        _cli.Error.ShouldBe("t0004 failed: The loss became NaN in epoch 3.\n");
    }

    [Fact]
    public async Task Best_shows_parameters_and_metrics_and_writes_them_to_a_file()
    {
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("best", "digits", "-o", "params.json")).ShouldBe(0);

        _cli.Out.ShouldContain("t0003  val/loss 0.125  (completed)");
        _cli.Out.ShouldContain("learningRate     0.001235");
        Golden.ShouldMatch(File.ReadAllText(Path.Combine(_cli.Folder, "params.json")), "parameters.json");
    }

    [Fact]
    public async Task Best_of_a_search_without_results_ends_with_code_8()
    {
        var detail = Sample.Detail();
        _cli.Service.With(detail with { Summary = detail.Summary with { Best = null } });

        (await _cli.RunAsync("best", "digits")).ShouldBe(8);

        _cli.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Foreign_text_cannot_drive_the_terminal()
    {
        var detail = Sample.Detail();
        var evil = Sample.Trial(3, values: Sample.Values(activation: "\u001b]0;pwned\u0007[bold]"));
        _cli.Service.With(detail with { Summary = detail.Summary with { Best = evil }, Algorithm = "[red]x[/]\u001b[2J" });

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldNotContain('\u001b');
        _cli.Out.ShouldContain("\\x1B]0;pwned\\x07[bold]");
        _cli.Out.ShouldContain("[red]x[/]");
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex EscapeSequence();
}
