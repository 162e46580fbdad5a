"""Pages of jobs."""


def listed(jobs, request, member):
    jobs = [job for job in jobs if request.get('NameContains', '') in job.name and request.get('StatusEquals', job.status) == job.status]
    jobs.sort(key=lambda job: job.created, reverse=request.get('SortOrder') == 'Descending')
    return page([job.summary() for job in jobs], request, member)


def page(items, request, member):
    first = int(request.get('NextToken', '0'))
    last = first + request.get('MaxResults', 10)
    answer = {member: items[first:last]}
    return {**answer, 'NextToken': str(last)} if last < len(items) else answer
