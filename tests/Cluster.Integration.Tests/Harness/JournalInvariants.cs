namespace SearchCluster.Integration.Tests.Harness;

/// <summary>What must hold in every journal, whatever was killed while it was written.</summary>
internal sealed class JournalInvariants
{
    private readonly List<string> _violations = [];
    private readonly Dictionary<WorkItem, (long Fence, long Seq)> _open = [];
    private readonly HashSet<TrialId> _suggested = [];
    private readonly HashSet<TrialId> _finished = [];
    private readonly HashSet<(TrialId, int)> _measured = [];
    private long _lastFence;
    private int? _budget;
    private int _counted;
    private bool _isOver;

    private JournalInvariants()
    {
    }

    /// <summary>Checks the journal of a search that is over.</summary>
    /// <returns>One sentence for each violation; empty when all is well.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyList<ISearchEvent> events)
    {
        var check = new JournalInvariants();
        for (var i = 0; i < events.Count; i++)
        {
            check.Look(events[i], $"event {i + 1} ({events[i].GetType().Name})");
        }

        check.Require(check._isOver, "the end: the search is not over");
        check.Require(check._open.Count == 0, $"the end: {string.Join(", ", check._open.Keys)} still runs");
        check.Require(
            check._suggested.SetEquals(check._finished),
            $"the end: {check._suggested.Except(check._finished).Count()} trials never finished");
        check.Require(
            check._budget is not { } budget || check._counted == budget,
            $"the end: {check._counted} trials count, the budget is {check._budget}");
        return check._violations;
    }

    private void Look(ISearchEvent e, string place)
    {
        switch (e)
        {
            case SearchEvents.SearchSubmitted submitted:
                _budget = submitted.Spec.Budget.Trials;
                break;
            case SearchEvents.SearchExtended extended:
                (_budget, _isOver) = (extended.Budget.Trials, false);
                break;
            case SearchEvents.SearchCompleted:
                _isOver = true;
                break;
            case SearchEvents.TrialSuggested suggested:
                Require(_suggested.Add(suggested.TrialId), $"{place}: {suggested.TrialId} is suggested a second time");
                break;
            case SearchEvents.AttemptStarted started:
                Start(started, place);
                break;
            case SearchEvents.MeasurementReported measured:
                Report(WorkItem.Trial(measured.TrialId), measured.Fence, measured.Seq, place);
                Require(
                    _measured.Add((measured.TrialId, measured.Measurement.Resource)),
                    $"{place}: {measured.TrialId} has resource {measured.Measurement.Resource} twice");
                break;
            case SearchEvents.WarningReported { Seq: 0 }:
                // The coordinator's own, which no worker reported.
                break;
            case SearchEvents.WarningReported warned:
                Report(warned.Item, warned.Fence, warned.Seq, place);
                break;
            case SearchEvents.MeasurementIgnored ignored:
                Report(WorkItem.Trial(ignored.TrialId), ignored.Fence, ignored.Seq, place);
                break;
            case SearchEvents.AttemptEnded ended:
                End(ended.Item, ended.Fence, ended.Seq, place);
                break;
            case SearchEvents.TrialFinished finished:
                Finish(finished, place);
                break;
            case SearchEvents.EnsembleMemberFinished member:
                End(WorkItem.Member(member.Member), member.Fence, member.Seq, place);
                break;
            case SearchEvents.EnsembleFailed:
                _open.Keys.Where(item => item.TrialId is null).ToList().ForEach(item => _open.Remove(item));
                break;
            case SearchEvents.EnsembleBuilt built:
                End(WorkItem.Ensemble, built.Fence, built.Seq, place);
                break;
        }

        Require(!_isOver || e is SearchEvents.SearchCompleted, $"{place}: something happens after the end");
    }

    private void Start(SearchEvents.AttemptStarted started, string place)
    {
        Require(started.Fence > _lastFence, $"{place}: fence {started.Fence} comes after {_lastFence}");
        _lastFence = Math.Max(_lastFence, started.Fence);
        Require(_open.TryAdd(started.Item, (started.Fence, 0)), $"{place}: {started.Item} runs already");
        if (started.Item.TrialId is { } trial)
        {
            Require(_suggested.Contains(trial), $"{place}: {trial} was never suggested");
            Require(!_finished.Contains(trial), $"{place}: {trial} starts after it has finished");
        }
    }

    private void Report(WorkItem item, long fence, long seq, string place)
    {
        var open = _open.GetValueOrDefault(item);
        Require(open.Fence == fence, $"{place}: {item} reports under fence {fence}, current is {open.Fence}");
        Require(open.Seq + 1 == seq, $"{place}: {item} reports number {seq} after {open.Seq}");
        _open[item] = (fence, seq);
    }

    private void End(WorkItem item, long fence, long seq, string place)
    {
        if (seq > 0)
        {
            Report(item, fence, seq, place);
        }

        Require(
            _open.Remove(item, out var open) && open.Fence == fence,
            $"{place}: {item} ends under fence {fence}, current is {open.Fence}");
    }

    private void Finish(SearchEvents.TrialFinished finished, string place)
    {
        Require(_finished.Add(finished.TrialId), $"{place}: {finished.TrialId} finishes a second time");
        _counted += finished.State == TrialState.Skipped ? 0 : 1;
        Require(_budget is not { } budget || _counted <= budget, $"{place}: trial number {_counted} of a budget of {_budget}");
        if (finished.Fence > 0)
        {
            End(WorkItem.Trial(finished.TrialId), finished.Fence, finished.Seq, place);
        }
        else
        {
            Require(!_open.ContainsKey(WorkItem.Trial(finished.TrialId)), $"{place}: {finished.TrialId} finishes beside its own attempt");
        }
    }

    private void Require(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }
}
