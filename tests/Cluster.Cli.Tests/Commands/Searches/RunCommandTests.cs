using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Tests.Commands.Searches;

public sealed class RunCommandTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: digits
        workload: { builtin: function, fixed: { function: branin } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        budget: { trials: 5 }
        """;

    private readonly CliHarness _cli = new();

    public RunCommandTests()
    {
        _cli.Connector.IsLive = false;
        _cli.Write("spec.yaml", Spec);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_new_search_is_submitted_followed_and_reported()
    {
        (await _cli.RunAsync("run", "spec.yaml", "--slots", "3", "--set", "budget.trials=7", "--seed", "9")).ShouldBe(0);

        _cli.Connector.Hosted!.Slots.ShouldBe(3);
        _cli.Service.Submitted!.Text.ShouldBe(Spec);
        _cli.Service.Submitted.Overrides.ShouldBe(
            new ValueMap<string>([KeyValuePair.Create("budget.trials", "7"), KeyValuePair.Create("seed", "9")]));
        _cli.Error.ShouldStartWith("Search digits started.");
        _cli.Error.ShouldContain("trials 11/30");
        _cli.Out.ShouldContain("best trial   t0003");
        _cli.Out.ShouldContain("searchcluster predict digits INPUT");
        _cli.Connector.Disposed.ShouldBe(1);
    }

    [Fact]
    public async Task With_json_standard_output_is_the_final_document_alone()
    {
        (await _cli.RunAsync("run", "spec.yaml", "--json", "-q")).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
        Golden.ShouldMatch(_cli.Out, "status-completed.json");
    }

    [Fact]
    public async Task The_same_spec_again_continues_the_search()
    {
        _cli.Service.Spec = Read(Spec);
        _cli.Service.With(Sample.Detail(), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        _cli.Service.Submitted.ShouldBeNull();
        _cli.Error.ShouldStartWith("Search digits goes on where it stopped.");
    }

    [Fact]
    public async Task A_paused_search_is_resumed()
    {
        _cli.Service.Spec = Read(Spec);
        var paused = Sample.Detail(SearchLifecycle.Paused);
        _cli.Service.With(paused, paused, Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        _cli.Service.Calls.ShouldContain("resume digits +0 +00:00:00 ");
    }

    [Theory]
    [InlineData("resume digits --trials +1")]
    [InlineData("run spec.yaml")]
    public async Task Going_on_counts_the_warnings_of_before_and_says_where_they_are(string line)
    {
        static WarningView Warning(string text, int count = 1) =>
            new(text, null, count, WorkItem.Trial(new TrialId(0)), ImpatientClock.Start, ImpatientClock.Start);
        _cli.Service.Spec = Read(Spec);
        var before = Sample.Detail() with { Warnings = [Warning("Of before.")] };
        var after = Sample.Detail(SearchLifecycle.Completed) with { Warnings = [Warning("Of before.", 2), Warning("Of now.")] };
        _cli.Service.With(before, before, before, after);

        (await _cli.RunAsync(line.Split(' '))).ShouldBe(0, _cli.Error);

        _cli.Error.ShouldContain("1 warning of before: searchcluster status digits");
        (_cli.Error + _cli.Out).ShouldContain("Of now.");
        (_cli.Error + _cli.Out).ShouldNotContain("Of before.");
    }

    [Fact]
    public async Task A_search_that_is_over_shows_its_results_at_once()
    {
        _cli.Service.Spec = Read(Spec);
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        _cli.Error.ShouldStartWith("Search digits is over; here are its results. To extend it: searchcluster resume digits --trials +20");
        _cli.Out.ShouldContain("best trial   t0003");
    }

    // Earlier releases stored a path as it was written.
    [Theory]
    [InlineData("rows.csv")]
    [InlineData("FOLDER/rows.csv")]
    public async Task A_search_is_the_same_whether_its_path_was_stored_as_written_or_as_found(string stored)
    {
        const string Text = """
            version: 1
            name: digits
            workload: { builtin: mlp }
            data: { source: rows.csv }
            objective: { metric: val/loss, direction: minimize }
            space:
              learningRate: { type: log, min: 0.001, max: 0.01 }
            budget: { trials: 2 }
            """;
        _cli.Write("rows.csv", "a,b");
        _cli.Write("tables.yaml", Text);
        _cli.Service.Spec = Read(Text.Replace(
            "source: rows.csv", $"source: {stored.Replace("FOLDER", _cli.Folder, StringComparison.Ordinal)}", StringComparison.Ordinal));
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "tables.yaml")).ShouldBe(0, _cli.Error);
    }

    [Fact]
    public async Task A_damaged_search_is_told_with_where_and_how_to_start_over()
    {
        var damage = new SearchDamage(new("digits"), 20, 19, "/lab/journal.db", "it is cut");
        _cli.Service.With(Sample.Detail() with { Damage = damage });

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(12);

        _cli.Error.ShouldContain($"{StorageCodes.SearchDamaged}: {damage.Describe()}");
        _cli.Error.ShouldContain("searchcluster run spec.yaml --fresh");
    }

    [Fact]
    public async Task A_trial_that_hangs_ends_the_process_and_says_why()
    {
        _cli.Clock = new ImpatientClock { Step = TimeSpan.FromSeconds(1) };
        _cli.Connector.Hung = Task.FromResult("t0003 was cancelled and did not end within 30 s");
        _cli.Service.SubmitGives = [Sample.Detail()];

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(124);

        _cli.Error.ShouldContain($"{CommandCodes.WorkloadHangs}: A trial hangs and this process ends");
        _cli.Error.ShouldContain("t0003 was cancelled and did not end within 30 s");
    }

    [Fact]
    public async Task Another_spec_under_the_same_name_is_a_conflict()
    {
        _cli.Service.Spec = Read(Spec.Replace("trials: 5", "trials: 6", StringComparison.Ordinal));
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(7);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("A search named digits exists with another spec.");
        _cli.Error.ShouldContain("budget.trials  stored 6, given 5");
        _cli.Error.ShouldContain("--name digits-2");
        _cli.Error.ShouldContain("searchcluster resume digits");
        _cli.Error.ShouldContain("searchcluster run spec.yaml --fresh");
        _cli.Connector.Disposed.ShouldBe(2);
    }

    [Fact]
    public async Task Who_raised_the_budget_is_told_how_to_extend_the_search()
    {
        _cli.Service.Spec = Read(Spec.Replace("trials: 5", "trials: 2", StringComparison.Ordinal));
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(7);

        _cli.Error.ShouldContain("searchcluster resume digits --trials +3\n");

        _cli.Clear();
        _cli.Service.With(Sample.Detail() with { EndsAgainBy = SearchEndReason.SpaceExhausted });
        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(7);
        _cli.Error.ShouldNotContain("searchcluster resume", customMessage: "no configuration is left that it could try");
    }

    [Fact]
    public async Task Differences_are_part_of_the_error_document()
    {
        _cli.Service.Spec = Read(Spec.Replace("trials: 5", "trials: 6", StringComparison.Ordinal));
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("run", "spec.yaml", "--json", "-q")).ShouldBe(7);

        _cli.Error.ShouldContain("\"differences\":[{\"path\":\"budget.trials\",\"stored\":\"6\",\"given\":\"5\"}]");
    }

    [Fact]
    public async Task Fresh_deletes_the_search_of_before_and_starts_over()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "spec.yaml", "--fresh", "--yes")).ShouldBe(0);

        _cli.Service.Calls.ShouldContain("delete digits");
        _cli.Service.Submitted.ShouldNotBeNull();
        _cli.Error.ShouldStartWith("Search digits of before is deleted.\nSearch digits started.");
    }

    [Fact]
    public async Task Fresh_asks_before_it_deletes()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("run", "spec.yaml", "--fresh")).ShouldBe(2);

        _cli.Service.Calls.ShouldNotContain("delete digits");
        _cli.Error.ShouldContain("searchcluster run spec.yaml --fresh --yes");
    }

    [Theory]
    [InlineData("trials: 5", true)]
    [InlineData("trials: 6", true)]
    public async Task A_search_that_failed_by_its_spec_or_data_is_tried_again(string stored, bool isSubmitted)
    {
        _cli.Service.Spec = Read(Spec.Replace("trials: 5", stored, StringComparison.Ordinal));
        _cli.Service.With(Sample.Detail(SearchLifecycle.Failed) with { EndReason = SearchEndReason.Misconfigured, Epochs = 0 });

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        (_cli.Service.Submitted is { OnDuplicate: "resume" }).ShouldBe(isSubmitted);
        _cli.Error.ShouldStartWith("Search digits failed before by its data or its spec; it is tried again.");
    }

    [Fact]
    public async Task Data_are_looked_at_before_a_search_is_written()
    {
        _cli.Write("rows.csv", "size,kind\n1,a\n2,b\n");
        _cli.Write("table.yaml", """
            version: 1
            name: table
            workload: { builtin: mlp, fixed: { epochs: 1 } }
            data: { source: ./rows.csv, target: nothing }
            objective: { metric: val/loss, direction: minimize }
            space:
              learningRate: { type: log, min: 0.001, max: 0.1 }
            """);

        (await _cli.RunAsync("run", "table.yaml", "--set", $"data.source={_cli.Folder}/rows.csv")).ShouldBe(3);

        _cli.Service.Submitted.ShouldBeNull();
        _cli.Error.ShouldContain("nothing");
    }

    [Fact]
    public async Task Other_interrupted_searches_of_the_folder_are_told_and_left_alone()
    {
        _cli.Service.With(
            Sample.Detail() with { SearchId = new("other"), Summary = Sample.Detail().Summary with { SearchId = new("other") } });

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        _cli.Error.ShouldContain("Search other was interrupted and stays as it is; to continue it: searchcluster resume other");
    }

    [Fact]
    public async Task A_live_coordinator_of_the_same_folder_is_named()
    {
        _cli.Connector.IsLive = true;

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(7);

        _cli.Error.ShouldContain("A coordinator already owns this state folder and listens on http://127.0.0.1:8642.");
        _cli.Error.ShouldContain("searchcluster submit spec.yaml");
        _cli.Connector.Hosted.ShouldBeNull();
    }

    [Fact]
    public async Task Ctrl_C_stops_the_host_in_order_and_tells_how_to_continue()
    {
        _cli.Service.SubmitGives = [Sample.Detail()];
        _cli.Service.BeforeAnswer = _ =>
        {
            if (_cli.Service.Calls.Count > 3)
            {
                _cli.Signals.Interrupt();
            }

            return Task.CompletedTask;
        };

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(130);

        _cli.Error.ShouldContain("searchcluster resume digits   continues");
        _cli.Connector.Disposed.ShouldBe(1);
    }

    [Fact]
    public async Task Ctrl_C_before_the_search_was_accepted_promises_nothing()
    {
        _cli.Service.BeforeAnswer = _ =>
        {
            _cli.Signals.Interrupt();
            return Task.CompletedTask;
        };

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(130);

        _cli.Error.ShouldContain("Interrupted before search digits was accepted: nothing was started, and nothing is kept.");
        _cli.Error.ShouldNotContain("searchcluster resume");
        _cli.Connector.Disposed.ShouldBe(1);
    }

    [Theory]
    [InlineData(SearchEndReason.Trials, "searchcluster resume digits --trials +20")]
    [InlineData(SearchEndReason.Time, "searchcluster resume digits --time +1h")]
    [InlineData(SearchEndReason.SpaceExhausted, "searchcluster run SPEC --name NEW        (with a wider space, or with repeats")]
    [InlineData(SearchEndReason.StoppedByUser, "searchcluster run SPEC --name NEW        (with a wider space, or with repeats", true)]
    [InlineData(SearchEndReason.Epochs, "searchcluster run SPEC --name NEW        (with a larger budget.epochs; warmStart: { from: digits "
        + "}")]
    public async Task What_extends_a_search_fits_how_it_ended(SearchEndReason reason, string step, bool isExhausted = false)
    {
        _cli.Service.Spec = Read(Spec);
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed) with
        {
            EndReason = reason,
            EndsAgainBy = isExhausted ? SearchEndReason.SpaceExhausted : null,
        });

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(0);

        _cli.Error.ShouldContain("To extend it: " + step);
        _cli.Out.ShouldContain($"             {step}");
        _cli.Out.Contains("resume", StringComparison.Ordinal).ShouldBe(step.Contains("resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_watches_a_search_that_is_over_writes_one_line_as_of_one_that_runs()
    {
        _cli.Connector.IsLive = false;
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits", "--json")).ShouldBe(0);

        _cli.Out.TrimEnd('\n').ShouldNotContain("\n");
        using var document = System.Text.Json.JsonDocument.Parse(_cli.Out);
        document.RootElement.TryGetProperty("schema", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_search_that_failed_ends_with_code_8()
    {
        _cli.Service.SubmitGives = [Sample.Detail(SearchLifecycle.Failed)];

        (await _cli.RunAsync("run", "spec.yaml")).ShouldBe(8);
    }

    [Fact]
    public async Task Resume_without_a_coordinator_hosts_one_where_searches_are()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("resume", "digits", "--trials", "+20")).ShouldBe(0);

        _cli.Connector.Hosted!.NeedsJournal.ShouldBeTrue();
        _cli.Service.Calls.ShouldContain("resume digits +20 +00:00:00 ");
    }

    [Fact]
    public async Task Progress_of_a_terminal_is_redrawn_and_ends_with_the_report()
    {
        _cli.Terminal = new(true, 100);

        (await _cli.RunAsync("run", "spec.yaml", "--no-color")).ShouldBe(0);

        _cli.Error.ShouldContain("running");
        _cli.Error.ShouldContain("t0011");
        _cli.Out.ShouldContain("best trial   t0003");
        _cli.Out.ShouldNotContain('\u001b');
    }

    private static SearchSpec Read(string text) =>
        SpecReader.Read(System.Text.Encoding.UTF8.GetBytes(text), "spec.yaml").Spec.ShouldNotBeNull();
}
