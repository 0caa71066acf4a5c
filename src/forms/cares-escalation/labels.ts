/** Labels of choices that mapping and page use too. */
export const LABELS = {
  consciousness: {
    alert: 'Alert',
    'new-confusion': 'New or worse confusion',
    'usual-confusion': 'Confused as usual',
    voice: 'Responds to voice',
    pain: 'Responds to pain',
    unresponsive: 'Unresponsive',
    'not-known': 'Not known',
  },
  called: {
    gp: 'GP',
    'out-of-hours-gp': 'Out-of-hours GP',
    '111': 'NHS 111',
    '999': '999',
    'community-nurse': 'Community nurse',
    'urgent-community-response': 'Urgent community response team',
    hospice: 'Hospice or palliative care team',
    other: 'Other',
  },
  told: { yes: 'Told', 'message-left': 'Message left', 'not-reached': 'Not reached' },
} as const;
